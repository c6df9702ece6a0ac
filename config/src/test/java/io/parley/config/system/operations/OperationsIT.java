package io.parley.config.system.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metrics, logs and traces of one server with all of them. */
class OperationsIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    /** Known only if there are replicas. */
    private static final Set<String> OF_REPLICAS = Set.of("parley_replica_up", "parley_replica_lag_bytes");

    private static TraceCollector collector;
    private static ParleyJar jar;
    private static URI management;
    private static ApiClient api;
    private static TestUser ada;

    @BeforeAll
    static void start() throws IOException {
        collector = new TraceCollector();
        int port = ParleyJar.freePort();
        management = URI.create("http://127.0.0.1:" + port);
        jar = ParleyJar.start(
                ParleyJar.freshData(),
                Map.of(
                        "PARLEY_MANAGEMENT_PORT",
                        String.valueOf(port),
                        "PARLEY_LOG_FORMAT",
                        "json",
                        "PARLEY_LOG_ACCESS",
                        "true",
                        "PARLEY_TRACES_ENDPOINT",
                        collector.endpoint()));
        api = new ApiClient(jar.uri());
        ada = TestUser.registered(api, "ada");
    }

    @AfterAll
    static void stop() {
        jar.close();
        collector.close();
    }

    @Test
    void countsRequestsByOperation() {
        get("/api/v1/tasks?q=kept+secret");
        get("/api/v1/tasks/00000000-0000-4000-8000-000000000000");

        var page = metrics();
        assertThat(page)
                .contains("http_server_request_duration_seconds_count{http_request_method=\"GET\","
                        + "http_response_status_code=\"404\",http_route=\"/api/v1/tasks/{id}\",operation=\"findTask\"}")
                .contains("parley_bus_ask_duration_seconds_count{address=\"tasks.find\",outcome=\"not_found\"}")
                .contains("parley_db_query_duration_seconds_bucket{target=\"primary\",le=\"0.001\"}")
                .contains("parley_schema_version ")
                .contains("parley_postgres_up 1.0")
                .contains("parley_turns_total{outcome=\"failed\",provider=\"commands\"} 0.0")
                .doesNotContain("kept");
        assertThat(get("/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void reportsTheCommitThatTheJarWasBuiltFrom() throws IOException {
        try (var file = new JarFile(Path.of("target", "parley.jar").toFile())) {
            var revision = file.getManifest().getMainAttributes().getValue("Implementation-Revision");
            assertThat(revision).matches("[0-9a-f]{40}|unknown");
            assertThat(metrics())
                    .containsPattern("parley_build_info\\{java_version=\"[^\"]+\",revision=\"" + revision
                            + "\",version=\"[^\"]+\"} 1");
        }
    }

    @Test
    void makesNoSeriesOfWhatClientsChoose() {
        strangeRequests(1);
        long before = metrics().lines().count();
        strangeRequests(50);
        assertThat(metrics().lines().count() - before).isLessThan(10 * 22);
    }

    private static void strangeRequests(int number) {
        IntStream.range(0, number).forEach(each -> {
            get("/api/v1/strange" + each);
            send(request(jar.uri(), "/api/v1/tasks").method("BREW" + each, BodyPublishers.noBody()));
            get("/strange/page" + each);
        });
    }

    @Test
    void answersOperatorsOnItsOwnPort() {
        assertThat(send(request(management, "/health/ready")).statusCode()).isEqualTo(200);
        assertThat(send(request(management, "/health/live")).body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(send(request(management, "/api/v1/tasks")).statusCode()).isEqualTo(404);
        assertThat(send(request(management, "/metrics").DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(request(management, "/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"))
                        .body())
                .endsWith("# EOF\n");
        assertThat(send(request(management, "/metrics")).headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    /** Those of models are there once one was asked. */
    @Test
    void offersNoDashboardAndNoAlertWithoutItsMetric() {
        var known = metrics()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        var asked = Stream.of("dashboard.json", "alerts.yaml")
                .map(OperationsIT::read)
                .flatMap(text -> Pattern.compile("\\b(http_server|parley|jvm|process)_[a-z0-9_]*[a-z0-9]")
                        .matcher(text)
                        .results())
                .map(found -> found.group())
                .filter(name -> !OF_REPLICAS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        asked.removeIf(name -> known.stream().anyMatch(each -> each.startsWith(name)));

        assertThat(asked)
                .allMatch(name -> name.startsWith("parley_turn_tokens") || name.startsWith("parley_provider_"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("monitoring", file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void logsEachRequestAsJsonWithItsTrace() {
        var answer = send(asAda("/api/v1/tasks?q=kept+secret").header("traceparent", parent(TRACE)));
        assertThat(answer.headers().firstValue("x-request-id")).hasValue(TRACE);

        var line = logged(TRACE);
        assertThat(line.path("log.logger").asText()).isEqualTo("access");
        assertThat(line.path("url.path").asText()).isEqualTo("/api/v1/tasks");
        assertThat(line.path("http.route").asText()).isEqualTo("/api/v1/tasks");
        assertThat(line.path("http.response.status_code").isInt()).isTrue();
        assertThat(line.path("event.duration").isIntegralNumber()).isTrue();
        assertThat(line.path("http.response.body.bytes").asLong())
                .isEqualTo(answer.body().length());
        assertThat(line.path("client.ip").asText()).isEqualTo("127.0.0.1");
        assertThat(line.path("user.id").asText()).isNotEmpty();
        assertThat(line.path("span.id").asText()).matches("[0-9a-f]{16}");
        assertThat(line.toString()).doesNotContain("kept");
        assertThat(lines()).noneMatch(each -> each.path("url.path").asText().startsWith("/health/"));
    }

    @Test
    void logsWhoWasRefused() {
        var trace = TRACE.substring(0, TRACE.length() - 4) + "0403";

        assertThat(send(asAda("/api/v1/admin/users").header("traceparent", parent(trace)))
                        .statusCode())
                .isEqualTo(403);

        var line = logged(trace);
        assertThat(line.path("http.response.status_code").asInt()).isEqualTo(403);
        assertThat(line.path("url.path").asText()).isEqualTo("/api/v1/admin/users");
        assertThat(line.path("user.id").asText()).isNotEmpty();
        assertThat(line.path("client.ip").asText()).isEqualTo("127.0.0.1");
    }

    private static JsonNode logged(String trace) {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(deadline)) {
            Optional<JsonNode> line = lines().stream()
                    .filter(each -> each.path("trace.id").asText().equals(trace))
                    .findFirst();
            if (line.isPresent()) return line.get();
            Pause.briefly();
        }
        throw new AssertionError("no line with the trace " + trace);
    }

    /** Each is one JSON object. The last one may not be complete yet. */
    private static List<JsonNode> lines() {
        try {
            var text = Files.readString(jar.output());
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(OperationsIT::parse)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException failure) {
            throw new UncheckedIOException(line, failure);
        }
    }

    @Test
    void sendsTheSpansOfARequestInTheTraceOfItsCaller() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        send(asAda("/api/v1/tasks/00000000-0000-4000-8000-000000000000").header("traceparent", parent(trace)));

        collector.await("GET /api/v1/tasks/{id}");

        assertThat(collector.count(trace)).isGreaterThanOrEqualTo(3);
        assertThat(collector.text())
                .contains("ask tasks.find", "SELECT tasks")
                .doesNotContain("kept")
                .doesNotContain("/health/")
                .doesNotContain(TestUser.PASSWORD);
    }

    private static String parent(String trace) {
        return "00-" + trace + "-b7ad6b7169203331-01";
    }

    private static String metrics() {
        return send(request(management, "/metrics")).body();
    }

    private static HttpResponse<String> get(String path) {
        return send(asAda(path));
    }

    private static HttpRequest.Builder asAda(String path) {
        return request(jar.uri(), path).header("Authorization", "Bearer " + ada.accessToken());
    }

    private static HttpRequest.Builder request(URI server, String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
