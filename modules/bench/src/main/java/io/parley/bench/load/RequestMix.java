package io.parley.bench.load;

import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Anybody's requests for anything of theirs. */
public record RequestMix(Vertx vertx, Client client, int messages) {
    /** At full load. */
    public static final int ASKERS = 32;

    public static final Duration WARMING = Duration.ofSeconds(2);

    private static final int MOST_WARMING = 30;
    private static final UserTokens TOKENS = new UserTokens();

    public static RequestMix of(Vertx vertx, ServerUnderTest subject, SeedData seed) {
        return new RequestMix(vertx, Client.of(vertx, subject.port(), 2 * ASKERS), seed.messages());
    }

    public Future<Buffer> ask(Operation operation) {
        int number = anybody();
        return operation.ask(client.as(TOKENS.of(number)), number);
    }

    /** The number of a message. */
    public int anybody() {
        return ThreadLocalRandom.current().nextInt(messages);
    }

    public ClosedLoop.Result fully(Operation operation, Duration time) {
        return ClosedLoop.run(vertx, number -> ask(operation), ASKERS, time);
    }

    // Not without a while at that rate first: code that has been compiled for a full load is compiled anew for a lesser
    // one.
    public OpenLoop gently(Operation operation, double rate, Duration time) {
        openly(operation, rate, WARMING);
        return openly(operation, rate, time);
    }

    private OpenLoop openly(Operation operation, double rate, Duration time) {
        return Blocking.await(OpenLoop.run(vertx, number -> ask(operation), rate, time));
    }

    /**
     * At full load until the JVM has compiled what is hot: a run is hardly faster than those before it.
     *
     * @return requests a second of the best run
     */
    public double warm(Operation operation) {
        double best = 0;
        int slower = 0;
        for (int run = 0; run < MOST_WARMING && slower < 3; run++) {
            double perSecond = fully(operation, WARMING).perSecond();
            slower = perSecond > best * 1.02 ? 0 : slower + 1;
            best = Math.max(best, perSecond);
        }
        return best;
    }
}
