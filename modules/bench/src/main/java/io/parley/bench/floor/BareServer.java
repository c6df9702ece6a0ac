package io.parley.bench.floor;

import io.parley.bench.load.BenchToken;
import io.parley.bench.load.Client;
import io.parley.bench.load.ClosedLoop;
import io.parley.bench.load.Operation;
import io.parley.bench.load.SeedData;
import io.parley.bench.subject.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** {@link BareHttp} in a process of its own, under the same load as Parley. */
public record BareServer(Vertx vertx, Process process, Client client, int workers) implements AutoCloseable {
    public static BareServer start(Vertx vertx, int workers) throws IOException {
        int port = Ports.free();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareHttp.class.getName(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .start();
        // The JVM may print warnings first.
        while (!process.inputReader().readLine().startsWith("Listening"))
            if (!process.isAlive()) throw new IllegalStateException("the bare server has ended");
        var client = Client.of(vertx, port, workers).as(BenchToken.of(SeedData.user(0)));
        return new BareServer(vertx, process, client, workers);
    }

    /** Returns the requests a second, each answered with this many bytes. */
    public double run(Operation operation, int bytes, Duration time) {
        var method = operation.isWrite() ? HttpMethod.POST : HttpMethod.GET;
        var body = operation.isWrite() ? new JsonObject().put("content", Operation.MESSAGE_TEXT) : null;
        return ClosedLoop.run(vertx, number -> client.fetch(method, "/" + bytes, body), workers, time)
                .perSecond();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
