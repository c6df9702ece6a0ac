package io.parley.config.server;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.connections.PoolSettings;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A process ends if it runs out of memory, on whichever thread. */
@ExtendWith(PostgresExtension.class)
class OutOfMemoryExitTest {
    private final DatabaseUrl url;

    private enum Place {
        EVENT_LOOP,
        WORKER,
        FAILED_FUTURE,
        OTHER_THREAD,
        STATEMENT
    }

    OutOfMemoryExitTest(DatabaseUrl url) {
        this.url = url;
    }

    @ParameterizedTest
    @EnumSource
    void endsTheProcessWithOneLine(Place place) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutOfMemoryExitTest.class.getName(),
                        place.name(),
                        "postgresql://%s:%s@%s:%d/%s"
                                .formatted(url.user(), url.password().value(), url.host(), url.port(), url.database()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.onExit().join().exitValue()).isEqualTo(3);
        assertThat(errors.lines())
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("parley: out of memory: ");
    }

    public static void main(String... arguments) throws InterruptedException {
        OutOfMemoryExit.install();
        var vertx = Vertx.vertx();
        switch (Place.valueOf(arguments[0])) {
            case EVENT_LOOP -> vertx.runOnContext(nothing -> fill());
            case WORKER -> vertx.executeBlocking(OutOfMemoryExitTest::fill).onFailure(OutOfMemoryExitTest::report);
            case FAILED_FUTURE ->
                Future.succeededFuture().map(nothing -> fill()).onFailure(OutOfMemoryExitTest::report);
            case OTHER_THREAD -> new Thread(OutOfMemoryExitTest::fill).start();
            case STATEMENT -> readTooMuch(vertx, DatabaseUrl.parse(arguments[1]));
        }
        new CountDownLatch(1).await();
    }

    // As the gateway does with what it cannot answer.
    private static void report(Throwable failure) {
        LoggerFactory.getLogger(OutOfMemoryExitTest.class).error("failed", new IllegalStateException(failure));
    }

    private static int fill() {
        return new byte[Integer.MAX_VALUE - 8].length;
    }

    private static void readTooMuch(Vertx vertx, DatabaseUrl url) {
        Database.connect(vertx, url, new PoolSettings(1, 8, false))
                .query("SELECT repeat('x', 100000000) AS text")
                .list(Parameters.none());
    }
}
