package io.parley.bench.load;

import io.parley.bench.subject.Blocking;
import io.parley.bench.subject.ServerUnderTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Sends requests of random users for random items of theirs. */
public record RequestMix(Vertx vertx, Client client, int messages) {
    /** Concurrent requests at full load. */
    public static final int WORKERS = 32;

    public static final Duration WARM_UP = Duration.ofSeconds(2);

    /** Writes are so slow that the compiler has seen enough of them only after about twenty seconds. */
    private static final int MIN_WARM_UPS = 10;

    private static final int MAX_WARM_UPS = 30;
    private static final UserTokens TOKENS = new UserTokens();

    public static RequestMix of(Vertx vertx, ServerUnderTest subject, SeedData seed) {
        return of(vertx, subject.port(), seed);
    }

    /** For another server on the same data. */
    public static RequestMix of(Vertx vertx, int port, SeedData seed) {
        return new RequestMix(vertx, Client.of(vertx, port, 2 * WORKERS), seed.messages());
    }

    public Future<Buffer> send(Operation operation) {
        int number = randomMessage();
        return operation.send(client.as(TOKENS.of(number)), number);
    }

    /** Calls the tool {@code list_tasks} of MCP for what {@link Operation#TASKS} lists over REST. */
    public Future<Buffer> callTool() {
        return McpCall.LIST_TASKS.send(client.as(TOKENS.of(randomMessage())));
    }

    public int randomMessage() {
        return ThreadLocalRandom.current().nextInt(messages);
    }

    public ClosedLoop.Result atFullLoad(Operation operation, Duration time) {
        return ClosedLoop.run(vertx, number -> send(operation), WORKERS, time);
    }

    // With a warm-up at the same rate, because the JVM recompiles code that it compiled for full load.
    public OpenLoop atRate(Operation operation, double rate, Duration time) {
        openLoop(operation, rate, WARM_UP);
        return openLoop(operation, rate, time);
    }

    private OpenLoop openLoop(Operation operation, double rate, Duration time) {
        return Blocking.await(OpenLoop.run(vertx, number -> send(operation), rate, time));
    }

    /**
     * Repeats full load until three runs in a row are hardly faster than the best before: then the JVM has compiled the
     * hot code.
     *
     * @return requests a second of the best run
     */
    public double warm(Operation operation) {
        double best = 0;
        int slower = 0;
        for (int run = 0; run < MIN_WARM_UPS || (run < MAX_WARM_UPS && slower < 3); run++) {
            double perSecond = atFullLoad(operation, WARM_UP).allSucceeded().perSecond();
            slower = perSecond > best * 1.02 ? 0 : slower + 1;
            best = Math.max(best, perSecond);
        }
        return best;
    }
}
