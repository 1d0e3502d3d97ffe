package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class SubmissionGateTests {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(60);
    private static final Duration LONGEST_PLACE = Duration.ofMillis(250);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SubmissionGate gate = new SubmissionGate(1, time);
    private final List<SubmissionGate.Place> places = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void whoFindsAFreePlaceHasItAtOnce() {
        enter();

        assertThat(places).singleElement().satisfies(place -> {
            assertThat(place.inLine()).isFalse();
            assertThat(place.late()).isFalse();
        });
    }

    @Test
    void whoComesWhileAllPlacesAreTakenWaitsForHisTurn() {
        enter();
        enter();
        assertThat(places).hasSize(1);

        wait(LONGEST_WAIT);
        places.get(0).leave();
        time.advanceTime();

        assertThat(places).hasSize(2);
        assertThat(places.get(1).inLine()).isTrue();
        assertThat(places.get(1).late()).isFalse();
    }

    @Test
    void whoseTurnComesTooLateIsToldSo() {
        enter();
        enter();

        wait(LONGEST_WAIT.plusMillis(1));
        places.get(0).leave();
        time.advanceTime();

        assertThat(places.get(1).late()).isTrue();
    }

    @Test
    void theLineIsServedInItsOrderOneAtATime() {
        List<String> served = new ArrayList<>();
        enter();
        gate.enter().subscribe(place -> {
            served.add("first");
            places.add(place);
        });
        gate.enter().subscribe(place -> served.add("second"));

        places.get(0).leave();
        time.advanceTime();
        assertThat(served).containsExactly("first");

        places.get(1).leave();
        time.advanceTime();
        assertThat(served).containsExactly("first", "second");
    }

    @Test
    void aClientThatGoesAwayLeavesTheLine() {
        enter();
        Disposable gone = enter();
        enter();
        gone.dispose();

        places.get(0).leave();
        time.advanceTime();

        assertThat(places).as("the place went to the third").hasSize(2);
        places.get(1).leave();
        enter();
        assertThat(places.get(2).inLine()).isFalse();
    }

    @Test
    void aPlaceThatReachesNobodyIsFreeAgain() {
        enter();
        Disposable gone = enter();
        places.get(0).leave();
        gone.dispose();

        time.advanceTime();

        enter();
        assertThat(places).hasSize(2);
        assertThat(places.get(1).inLine()).isFalse();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        enter();
        places.get(0).leave();
        places.get(0).leave();

        enter();
        enter();

        assertThat(places).hasSize(2);
    }

    @Test
    void aSlowUploadHoldsItsPlaceForAMomentOnly() {
        enter();
        enter();
        wait(LONGEST_PLACE.minusMillis(1));
        assertThat(places).hasSize(1);

        wait(Duration.ofMillis(1));
        assertThat(places).hasSize(2);

        places.get(0).leave();
        enter();
        assertThat(places).as("the slow one had no place to give back").hasSize(2);
    }

    @Test
    void whoFindsTheLineFullIsTooLateAtOnceAndHoldsNoPlace() {
        enter();
        for (int i = 0; i < 1024; i++) {
            gate.enter().subscribe();
        }

        enter();

        assertThat(places).hasSize(2);
        assertThat(places.get(1).late()).isTrue();
        places.get(1).leave();
        time.advanceTime();
        enter();
        assertThat(places).as("the line is as long as before").hasSize(3);
    }

    private Disposable enter() {
        return gate.enter().subscribe(places::add);
    }

    private void wait(Duration duration) {
        time.advanceTimeBy(duration);
    }
}
