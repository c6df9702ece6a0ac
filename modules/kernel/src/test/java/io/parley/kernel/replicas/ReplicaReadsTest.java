package io.parley.kernel.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaReadsTest {
    record Answer(boolean allowed) {}

    private static final Address<None, Answer> DIRECT = new Address<>("test.direct");
    private static final Address<None, Answer> INDIRECT = new Address<>("test.indirect");

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));

    @BeforeEach
    void answer() {
        ReplicaReads.turnOn();
        bus.answer(DIRECT, query -> Future.succeededFuture(new Answer(ReplicaReads.areAllowed())))
                .await();
        bus.answer(INDIRECT, query -> bus.ask(DIRECT, query)).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void goAlongWithTheQuestionsOfARequest() {
        assertThat(inRequest(() -> {
                    ReplicaReads.allow();
                    return bus.ask(INDIRECT, None.NONE);
                }))
                .isEqualTo(new Answer(true));
    }

    @Test
    void areNotAllowedInOtherRequests() {
        inRequest(() -> {
            ReplicaReads.allow();
            return bus.ask(INDIRECT, None.NONE);
        });

        assertThat(inRequest(() -> bus.ask(INDIRECT, None.NONE))).isEqualTo(new Answer(false));
    }

    /** As a request over HTTP, each of which has a context of its own. */
    private Answer inRequest(Supplier<Future<Answer>> request) {
        var context = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
        return Future.<Answer>future(
                        promise -> context.runOnContext(begun -> request.get().onComplete(promise)))
                .await();
    }
}
