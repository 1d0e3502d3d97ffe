package io.avatarservice.did;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds what the provider may know, so that any application can use it. */
@AnalyzeClasses(packages = "io.avatarservice.did", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule providerKnowsTheSpiAndAnHttpClient = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.avatarservice.did",
                    "io.avatarservice.spi",
                    "java..",
                    "javax.net.ssl",
                    "reactor.core..",
                    "reactor.util..",
                    "org.reactivestreams",
                    "org.springframework.core..",
                    "org.springframework.http..",
                    "org.springframework.util..",
                    "org.springframework.web.reactive.function..",
                    "org.springframework.web.util..",
                    "com.fasterxml.jackson.annotation",
                    "org.slf4j",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule onlyTheProviderIsPublic = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*\\.(DidAvatarProvider|DidAuthEncoding)");
}
