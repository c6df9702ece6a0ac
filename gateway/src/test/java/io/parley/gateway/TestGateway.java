package io.parley.gateway;

import io.parley.contracts.Health;
import io.parley.contracts.audit.Audit;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Sessions.Ended;
import io.parley.gateway.auth.TokenSettings;
import io.parley.gateway.contract.Contract;
import io.parley.gateway.limits.RequestLimitSettings;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.tls.ServerTls;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.parley.kernel.outbound.Network;
import io.parley.transfer.ImportLimits;
import io.parley.transfer.archive.ArchiveLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A gateway on a free port with a real bus. The tests answer in place of the modules. */
public final class TestGateway implements AutoCloseable {
    /** The only one whose pages may use the API from a browser. */
    public static final String FRIENDLY_ORIGIN = "https://app.example.org";

    public static final TokenSettings TOKENS = new TokenSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), "parley", "parley", Duration.ofMinutes(15));
    public static final ImportLimits IMPORT_LIMITS =
            new ImportLimits(new ArchiveLimits(1024 * 1024, 10, 200), 4 * 1024 * 1024, 1);
    /** Of a file that is uploaded. */
    public static final long MAX_FILE_BYTES = 1024 * 1024;
    /** Of bodies and answers. */
    public static final long BYTES_IN_FLIGHT = 8L * 1024 * 1024;
    /** The defaults, which do not apply to tests. */
    public static final RequestLimitSettings LIMITS = new RequestLimitSettings(
            new Limit<>(Rates.parse("100/s"), false),
            new Limit<>(Rates.parse("20/s"), false),
            new Limit<>(64, false),
            32,
            2);

    public static final GatewaySettings SETTINGS = settings(null, LIMITS);
    /** Behind a proxy on this machine. */
    public static final GatewaySettings PROXIED = new GatewaySettings(
            "127.0.0.1",
            0,
            null,
            Duration.ofSeconds(12),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Set.of(),
            new OriginSettings(
                    URI.create("https://example.org/parley"),
                    Set.of("chat.example.org"),
                    List.of(
                            Network.parse("127.0.0.1").orElseThrow(),
                            Network.parse("10.0.0.0/8").orElseThrow()),
                    "mailto:security@example.org"),
            Duration.ofSeconds(5),
            TOKENS,
            IMPORT_LIMITS,
            MAX_FILE_BYTES,
            BYTES_IN_FLIGHT,
            LIMITS,
            List.of());
    /** With time-outs that a test can wait for. */
    public static final GatewaySettings SHORT_TIMEOUTS = new GatewaySettings(
            "127.0.0.1",
            0,
            null,
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(600),
            Set.of(),
            OriginSettings.DIRECT,
            Duration.ofSeconds(5),
            TOKENS,
            IMPORT_LIMITS,
            MAX_FILE_BYTES,
            BYTES_IN_FLIGHT,
            LIMITS,
            List.of());

    private static final int MAX_ENDING = 16;
    private static final Queue<Future<Void>> ending = new ConcurrentLinkedQueue<>();

    final Vertx vertx = Vertx.vertx();
    public final Bus bus = new Bus(vertx, Duration.ofSeconds(10));
    public final Gateway shared;
    // Not its default, an upgrade to HTTP/2: of a hundred first answers larger than 64 KiB it then takes one for broken
    // (JDK 17 and 25).
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GatewayVerticle verticle;
    private final String deployment;

    public static GatewaySettings limitedTo(RequestLimitSettings limits) {
        return settings(null, limits);
    }

    public static GatewaySettings securedBy(ServerTls tls) {
        return settings(tls, LIMITS);
    }

    private static GatewaySettings settings(@Nullable ServerTls tls, RequestLimitSettings limits) {
        return new GatewaySettings(
                "127.0.0.1",
                0,
                tls,
                Duration.ofSeconds(12),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Set.of(FRIENDLY_ORIGIN),
                OriginSettings.DIRECT,
                Duration.ofSeconds(5),
                TOKENS,
                IMPORT_LIMITS,
                MAX_FILE_BYTES,
                BYTES_IN_FLIGHT,
                limits,
                List.of());
    }

    private TestGateway(GatewaySettings settings, Consumer<Bus> modules) {
        shared = new Gateway(
                vertx, bus, settings, Contract.read(settings.origin().prefix()));
        verticle = shared.verticle();
        modules.accept(bus);
        await(bus.answer(Sessions.CHECK, TestGateway::answerCheck));
        await(bus.answer(Audit.APPEND, recorded -> Future.succeededFuture(None.NONE)));
        deployment = await(vertx.deployVerticle(verticle));
    }

    /** All modules are healthy, no session has ended, and there is no limit on turns. */
    public static TestGateway open() {
        return open(SETTINGS);
    }

    public static TestGateway open(GatewaySettings settings) {
        return open(settings, TestGateway::answerHealth);
    }

    /**
     * A gateway with modules of the test's own.
     *
     * @param modules answers for them; it is called before the gateway is deployed
     */
    public static TestGateway open(GatewaySettings settings, Consumer<Bus> modules) {
        return new TestGateway(settings, modules);
    }

    /** No module answers, except that every session exists and security events are taken. */
    public static TestGateway withoutModules() {
        return open(SETTINGS, bus -> {});
    }

    private static void answerHealth(Bus bus) {
        await(bus.answer(Sessions.RECENTLY_ENDED, recent -> Future.succeededFuture(new Ended(List.of()))));
        await(bus.answer(Quotas.TAKE_TURN, turn -> Future.succeededFuture(new Quotas.Left(List.of()))));
        for (var module : Health.MODULES)
            await(bus.answer(Health.of(module), check -> Future.succeededFuture(None.NONE)));
    }

    private static Future<None> answerCheck(Sessions.Check query) {
        return query.sessionId().equals(Fixtures.UNKNOWN_SESSION)
                ? Future.failedFuture(Problem.unauthenticated("There is no such session."))
                : Future.succeededFuture(None.NONE);
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    public int port() {
        return verticle.port();
    }

    public Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    public HttpRequest.Builder asAda(String path) {
        return request(path).header("Authorization", "Bearer " + Fixtures.token(Fixtures.adasClaims()));
    }

    /** As an administrator. */
    public HttpRequest.Builder asGrace(String path) {
        return request(path).header("Authorization", "Bearer " + Fixtures.token(Fixtures.gracesClaims()));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> get(String path, String... headers) {
        var request = asAda(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> send(String method, String path, String json) {
        return send(
                asAda(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    public static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    /** The pointers of a problem's errors. */
    public static List<String> pointers(HttpResponse<String> response) {
        return json(response).getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    /** Sends this as it is, and returns everything that the server sends until it closes the connection. */
    public String sendRaw(String... sent) {
        var received = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(String.join("", sent).getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().transferTo(received);
        } catch (SocketException reset) {
            // Closed too: the server resets a connection that it has not read to the end.
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Does not wait for the end: connections of HTTP/2 get half a second to say goodbye. Fails if a gateway that was closed before this one
     * has not ended.
     */
    @Override
    public void close() {
        ending.add(vertx.close());
        while (ending.size() > MAX_ENDING) await(ending.remove());
    }
}
