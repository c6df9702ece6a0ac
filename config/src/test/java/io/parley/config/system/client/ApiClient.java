package io.parley.config.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An API client that checks every response against the contract. */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BODY = Duration.ofSeconds(30);

    private final URI server;
    private final HttpClient client;
    private final @Nullable String token;
    private final Duration patience;

    public ApiClient(URI server) {
        this(
                server,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                null,
                PATIENCE);
    }

    private ApiClient(URI server, HttpClient client, @Nullable String token, Duration patience) {
        this.server = server;
        this.client = client;
        this.token = token;
        this.patience = patience;
    }

    /** The same API with this access token. */
    public ApiClient as(String token) {
        return new ApiClient(server, client, token, patience);
    }

    /** The same API on another server, with the same access token. */
    public ApiClient at(URI server) {
        return new ApiClient(server, client, token, patience);
    }

    /** The same API with another time limit for each request. */
    public ApiClient within(Duration time) {
        return new ApiClient(server, client, token, time);
    }

    public URI server() {
        return server;
    }

    public ApiResponse get(String target) {
        return send(ApiRequest.of("GET", target));
    }

    public ApiResponse delete(String target) {
        return send(ApiRequest.of("DELETE", target));
    }

    public ApiResponse post(String target, String json) {
        return send(ApiRequest.of("POST", target).json(json));
    }

    public ApiResponse patch(String target, String json) {
        return send(ApiRequest.of("PATCH", target).json(json));
    }

    /** Fails if the response violates the contract or does not arrive in time. */
    public ApiResponse send(ApiRequest request) {
        var answer = exchange(request);
        assertThat(ContractCheck.breaches(answer))
                .as("%s answered %s %s", request, answer.status(), answer.text())
                .isEmpty();
        return answer;
    }

    /** Waits until the server reports that it is ready. */
    public void awaitReady(Duration limit) {
        var deadline = Instant.now().plus(limit);
        while (get("/health/ready").status() != 200) {
            assertThat(Instant.now()).as("ready by now").isBefore(deadline);
            Pause.briefly();
        }
    }

    /** Streams the lines of a response; fails unless its status is 200. */
    public Stream<String> lines(ApiRequest request) {
        var incoming = exchange(request, BodyHandlers.ofLines());
        assertThat(incoming.statusCode()).as(request.toString()).isEqualTo(200);
        return incoming.body();
    }

    private ApiResponse exchange(ApiRequest request) {
        var incoming = exchange(request, BodyHandlers.ofString());
        return new ApiResponse(request, incoming.statusCode(), incoming.headers(), incoming.body());
    }

    private <T> HttpResponse<T> exchange(ApiRequest request, BodyHandler<T> body) {
        // HttpRequest.timeout ends with the response's header; a body that never ends would block the test run.
        var answer = client.sendAsync(outgoing(request), body);
        try {
            return answer.get(patience.plus(BODY).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException broken)
                throw new UncheckedIOException(request + ": " + broken, broken);
            throw new IllegalStateException(failure);
        } catch (TimeoutException endless) {
            answer.cancel(true);
            throw new UncheckedIOException(new HttpTimeoutException(request + ": the body does not end"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest outgoing(ApiRequest request) {
        var body = request.body();
        var outgoing = HttpRequest.newBuilder(server.resolve(request.target()))
                .timeout(patience)
                .method(
                        request.method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.getBytes()));
        if (token != null) outgoing.header("Authorization", "Bearer " + token);
        request.headers().forEach(outgoing::header);
        return outgoing.build();
    }
}
