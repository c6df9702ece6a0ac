package io.parley.bench.floor;

import io.parley.bench.Bench;
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
import java.util.List;

/** {@link BareHttp} in a process of its own, asked as Parley is. */
public record BareServer(Vertx vertx, Process process, Client client, int askers) implements AutoCloseable {
    public static BareServer start(Vertx vertx, int askers) throws IOException {
        int port = Ports.free();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Bench.class.getName())
                .redirectErrorStream(true);
        command.command().addAll(List.of("bare-http", "--port", String.valueOf(port)));
        var process = command.start();
        // A JVM may have something to say first.
        while (!process.inputReader().readLine().startsWith("Listening"))
            if (!process.isAlive()) throw new IllegalStateException("the bare server has ended");
        return new BareServer(
                vertx, process, Client.of(vertx, port, askers).as(BenchToken.of(SeedData.user(0))), askers);
    }

    /** Requests a second, each answered with so many bytes. */
    public double run(Operation operation, int bytes, Duration time) {
        var method = operation.isWrite() ? HttpMethod.POST : HttpMethod.GET;
        var body = operation.isWrite() ? new JsonObject().put("content", Operation.SAID) : null;
        return ClosedLoop.run(vertx, number -> client.fetch(method, "/" + bytes, body), askers, time)
                .perSecond();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
