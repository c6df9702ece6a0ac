package io.parley.bench.durability;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Requests of one user to a server that may be killed meanwhile. */
final class Account {
    private static final String PASSWORD = "correct horse battery staple 9";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String email = UUID.randomUUID() + "@example.org";
    private int port;
    private String token = "";

    /** Registers the first time, and signs in later. */
    void connect(int port) throws IOException, InterruptedException {
        this.port = port;
        var what = token.isEmpty() ? "register" : "login";
        var signed = send(
                "POST",
                "/auth/" + what,
                "",
                new JsonObject().put("email", email).put("password", PASSWORD).encode());
        if (signed.statusCode() >= 300) throw new IOException(what + ": " + signed.body());
        token = new JsonObject(signed.body()).getString("access_token");
    }

    /** @param key of idempotency; empty for none */
    HttpResponse<String> send(String method, String path, String key, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) request.header("Content-Type", type(method, path));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (!key.isEmpty()) request.header("Idempotency-Key", key);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String type(String method, String path) {
        if (path.startsWith("/files")) return "application/octet-stream";
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }
}
