package io.avatarservice.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import reactor.netty.http.client.HttpClient;

/** Holds the rooms of the server and the way that data flows between them. */
@AnalyzeClasses(packages = "io.avatarservice.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = "io.avatarservice.server";

    // Spring's wiring, in the root package, knows every room; `problem` is known to every room.
    @ArchTest
    static final ArchRule dataFlowsOneWayThroughTheRooms = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy(ROOT + ".api..")
            .layer("cli")
            .definedBy(ROOT + ".cli..")
            .layer("job")
            .definedBy(ROOT + ".job..")
            .layer("storage")
            .definedBy(ROOT + ".storage..")
            .layer("driver")
            .definedBy(ROOT + ".driver..")
            .layer("media")
            .definedBy(ROOT + ".media..")
            .layer("torch")
            .definedBy(ROOT + ".torch..")
            .layer("fetch")
            .definedBy(ROOT + ".fetch..")
            .layer("security")
            .definedBy(ROOT + ".security..")
            .layer("webhook")
            .definedBy(ROOT + ".webhook..")
            .layer("operations")
            .definedBy(ROOT + ".operations..")
            .layer("wiring")
            .definedBy(ROOT)
            .layer("problem")
            .definedBy(ROOT + ".problem..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("operations")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("api", "webhook", "operations", "wiring")
            .whereLayer("webhook")
            .mayOnlyBeAccessedByLayers("api", "cli", "wiring")
            .whereLayer("webhook")
            .mayOnlyAccessLayers("job", "fetch", "problem")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("job", "api", "operations", "wiring")
            .whereLayer("driver")
            .mayOnlyBeAccessedByLayers("job", "api", "cli", "wiring")
            .whereLayer("media")
            .mayOnlyBeAccessedByLayers("driver", "job", "api", "cli", "wiring")
            .whereLayer("torch")
            .mayOnlyBeAccessedByLayers("driver", "cli", "operations", "wiring")
            .whereLayer("fetch")
            .mayOnlyBeAccessedByLayers("media", "job", "webhook", "wiring")
            .whereLayer("fetch")
            .mayNotAccessAnyLayer()
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("api", "cli", "wiring")
            .whereLayer("security")
            .mayOnlyAccessLayers("problem")
            .whereLayer("problem")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineSideKnowsNothingOfTheWeb = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".driver..", ROOT + ".media..", ROOT + ".job..", ROOT + ".storage..", ROOT + ".webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.web..", "org.springframework.http..")
            .because("they also serve the command line, and other front ends to come");

    /** Whoever connects to an address that a client named must do so by the guard. */
    @ArchTest
    static final ArchRule onlyTheGuardMakesHttpClients = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".fetch..", ROOT + ".torch.model..", ROOT + ".cli..")
            .should()
            .callMethod(HttpClient.class, "create")
            .orShould()
            .callMethod(HttpClient.class, "newConnection")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(java.net.http.HttpClient.class, java.net.URLConnection.class)
            .because("inputs must not reach the network behind the server; models, and servers to measure,"
                    + " are at addresses of the operator");

    @ArchTest
    static final ArchRule fieldsAreNotInjected = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("the rest logs");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .that(resideInAPackage(ROOT + ".."))
            .should(new ArchCondition<>("reside in a package annotated with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not null-marked"));
                }
            });
}
