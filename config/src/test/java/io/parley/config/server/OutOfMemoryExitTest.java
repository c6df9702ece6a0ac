package io.parley.config.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A process ends if it runs out of memory, on whichever thread. */
class OutOfMemoryExitTest {
    private enum Place {
        EVENT_LOOP,
        WORKER,
        FAILED_FUTURE,
        OTHER_THREAD
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
                        place.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.onExit().join().exitValue()).isEqualTo(3);
        assertThat(errors.lines()).containsExactly("parley: out of memory: Java heap space");
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
}
