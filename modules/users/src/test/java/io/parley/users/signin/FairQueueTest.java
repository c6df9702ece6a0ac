package io.parley.users.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.limits.ClientNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final ClientNetwork ADA = ClientNetwork.of("192.0.2.1");
    private static final ClientNetwork GRACE = ClientNetwork.of("192.0.2.2");
    private static final ClientNetwork MALLORY = ClientNetwork.of("203.0.113.1");

    private final FairQueue<String> queue = new FairQueue<>(4);

    @Test
    void servesAddressesInTurn() {
        for (var job : List.of("m1", "m2", "m3")) queue.add(MALLORY, job);
        queue.add(ADA, "a1");

        assertThat(rest()).containsExactly("m1", "a1", "m2", "m3");
    }

    @Test
    void makesRoomForAnAddressWithFewerJobs() {
        for (var job : List.of("m1", "m2", "m3", "m4")) queue.add(MALLORY, job);

        assertThat(queue.add(ADA, "a1")).hasValue("m4");
        assertThat(queue.add(GRACE, "g1")).hasValue("m3");
        assertThat(queue.add(ADA, "a2")).hasValue("a2");

        assertThat(rest()).containsExactly("m1", "a1", "g1", "m2");
    }

    @Test
    void refusesWhatDoesNotFit() {
        for (var job : List.of("m1", "m2", "m3", "m4"))
            assertThat(queue.add(MALLORY, job)).isEmpty();

        assertThat(queue.add(MALLORY, "m5")).hasValue("m5");
        assertThat(rest()).containsExactly("m1", "m2", "m3", "m4");
    }

    @Test
    void takesNewJobsWhenOldOnesAreDone() {
        for (var job : List.of("m1", "m2", "m3", "m4")) queue.add(MALLORY, job);
        queue.next();

        assertThat(queue.add(MALLORY, "m5")).isEmpty();
        assertThat(rest()).containsExactly("m2", "m3", "m4", "m5");
    }

    private List<String> rest() {
        var rest = new ArrayList<String>();
        for (var next = queue.next(); next.isPresent(); next = queue.next()) next.ifPresent(rest::add);
        assertThat(queue.next()).isEqualTo(Optional.empty());
        return rest;
    }
}
