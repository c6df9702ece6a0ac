package io.parley.config.system.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.RawConnection;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import io.parley.kernel.crypto.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files from their upload to their end. */
@ExtendWith(SharedJarExtension.class)
class FilesIT {
    private static final String FILES = "/api/v1/files";
    private static final int MAX_BYTES = 25 * 1024 * 1024;
    private static final String KEY = "Idempotency-Key";

    private TestUser ada;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
    }

    @Test
    void keepsAFileAsItCame() {
        var content = "Grüße aus Lissabon\n".repeat(40_000);

        var file = upload("?name=..%2FGr%C3%BC%C3%9Fe%20%22an%22%20%E6%9D%B1%E4%BA%AC.txt", content.getBytes(UTF_8))
                .expect(201);

        assertThat(file.json().get("name").asText()).isEqualTo("Grüße an 東京.txt");
        assertThat(file.json().get("media_type").asText()).isEqualTo("text/plain");
        assertThat(file.json().get("size").asInt()).isEqualTo(content.getBytes(UTF_8).length);
        assertThat(file.json().get("sha256").asText()).isEqualTo(sha256(content));
        var place = file.header("Location");
        assertThat(ada.api().get(place).expect(200).json()).isEqualTo(file.json());
        var download = ada.api().get(place + "/content").expect(200);
        assertThat(download.text()).isEqualTo(content);
        assertThat(download.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"Gru_e an __.txt\"; filename*=UTF-8''"
                        + "Gr%C3%BC%C3%9Fe%20an%20%E6%9D%B1%E4%BA%AC.txt");
        assertThat(download.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(download.header("Content-Length")).isEqualTo(String.valueOf(content.getBytes(UTF_8).length));
        assertThat(download.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(download.header("Content-Security-Policy")).startsWith("sandbox;");
        assertThat(download.header("ETag")).isEqualTo('"' + sha256(content) + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=2-5 | 206 | bytes 2-5/10 | 2345",
                "bytes=8- | 206 | bytes 8-9/10 | 89",
                "bytes=-3 | 206 | bytes 7-9/10 | 789",
                "bytes=4-100 | 206 | bytes 4-9/10 | 456789",
                "bytes=10- | 416 | bytes */10 | ''",
                "bytes=-0 | 416 | bytes */10 | ''",
                "bytes=5-2 | 200 | '' | 0123456789",
                "bytes=0-1,3-4 | 200 | '' | 0123456789",
                "lines=1-2 | 200 | '' | 0123456789"
            })
    void answersTheRangeThatIsAskedFor(String range, int status, String answered, String content) {
        var place = upload("", "0123456789".getBytes(UTF_8)).header("Location") + "/content";

        var part = ada.api().send(ApiRequest.of("GET", place).with("Range", range));

        assertThat(part.expect(status).text()).isEqualTo(content);
        assertThat(part.header("Content-Range")).isEqualTo(answered);
        var other = ApiRequest.of("GET", place).with("Range", range).with("If-Range", "\"other\"");
        assertThat(ada.api().send(other).expect(200).text()).isEqualTo("0123456789");
    }

    @Test
    void readsARangeOverSeveralChunks() {
        var content = "0123456789abcdef".repeat(64 * 1024);
        var place = upload("", content.getBytes(UTF_8)).header("Location") + "/content";

        var part = ada.api().send(ApiRequest.of("GET", place).with("Range", "bytes=262140-786440"));

        assertThat(part.expect(206).text()).isEqualTo(content.substring(262140, 786441));
    }

    @Test
    void sendsNothingAgainThatTheClientHas() {
        var place = upload("", "Hello".getBytes(UTF_8)).header("Location") + "/content";
        var tag = ada.api().get(place).header("ETag");

        ada.api().send(ApiRequest.of("GET", place).with("If-None-Match", tag)).expect(304);
    }

    @Test
    void takesNoMoreThanTheLimitAndKeepsNothingOfTheRest() {
        var patient = ada.api().within(Duration.ofSeconds(60));
        patient.send(request("", new byte[MAX_BYTES])).expect(201);

        var refused = patient.send(request("", new byte[MAX_BYTES + 1])).expect(413);

        assertThat(refused.json().get("detail").asText()).contains(String.valueOf(MAX_BYTES));
        assertThat(ada.api().get(FILES).expect(200).json().get("items")).hasSize(1);
        assertThat(ada.api()
                        .get("/api/v1/users/me/limits")
                        .json()
                        .at("/used/bytes")
                        .asLong())
                .isLessThan(2L * MAX_BYTES + 1024 * 1024);
    }

    @Test
    void forgetsAnUploadThatBreaksOff(ApiClient api) throws IOException {
        var head = "POST " + FILES + " HTTP/1.1\r\nHost: " + api.server().getAuthority() + "\r\nAuthorization: Bearer "
                + ada.accessToken() + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n";
        try (var connection = new RawConnection(api.server())) {
            connection.send(head + "x".repeat(600_000));
        }

        assertThat(ada.api().get(FILES).expect(200).json().get("items")).isEmpty();
    }

    @Test
    void storesAFileOnceUnderOneKey() {
        var request = request("?name=a", "Hello".getBytes(UTF_8))
                .with(KEY, UUID.randomUUID().toString());

        var first = ada.api().send(request).expect(201);
        var second = ada.api().send(request).expect(201);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(ada.api()
                        .send(request.carrying("Other".getBytes(UTF_8)))
                        .expect(409)
                        .pointers())
                .containsExactly(KEY);
        assertThat(ada.api().get(FILES).json().get("items")).containsExactly(first.json());
        assertThat(ada.api().get(first.header("Location") + "/content").text()).isEqualTo("Hello");
    }

    @Test
    void goesToTheTrashAndComesBack() {
        var file = upload("", "Hello".getBytes(UTF_8));
        var place = file.header("Location");

        ada.api().delete(place).expect(204);
        ada.api().get(place + "/content").expect(404);
        assertThat(ada.api().get(FILES + "?deleted=true").json().at("/items/0/id"))
                .isEqualTo(file.json().get("id"));
        ada.api().post(place + "/restore", "").expect(200);

        assertThat(ada.api().get(place + "/content").expect(200).text()).isEqualTo("Hello");
    }

    @Test
    void movesToAnotherAccountWithEverythingElse(ApiClient api) {
        var content = "0123456789abcdef".repeat(40_000);
        var large = upload("?name=large.txt", content.getBytes(UTF_8)).json();
        upload("?name=empty.txt", new byte[0]).expect(201);
        var grace = TestUser.registered(api, "grace").api();
        var exported = ada.api().get("/api/v1/export").expect(200).text();

        var report = load(grace, exported);

        assertThat(report.get("failed")).isEmpty();
        assertThat(report.get("imported").asInt()).isEqualTo(2);
        assertThat(load(grace, exported).get("unchanged").asInt()).isEqualTo(2);
        var moved =
                grace.get(FILES + "/" + large.get("id").asText()).expect(200).json();
        for (var field : new String[] {"name", "media_type", "size", "sha256", "created_at"})
            assertThat(moved.get(field)).isEqualTo(large.get(field));
        assertThat(grace.get(FILES + "/" + large.get("id").asText() + "/content")
                        .text())
                .isEqualTo(content);
        assertThat(grace.get("/api/v1/export").text()).isEqualTo(exported);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`,\"part\":1,`        | `,\"part\":2,`                | /part",
                "`\"data\":\"MD`       | `\"data\":\"!!`               | /data",
                "`\"data\":\"MD`       | `\"data\":\"MX`               | /sha256",
                "`\"size\":640000`     | `\"size\":300000`             | /size",
                "`\"sha256\":\"`       | `\"sha256\":\"x`              | /sha256"
            })
    void importsNothingOfAFileThatIsNotWhole(String from, String to, String pointer, ApiClient api) {
        upload("?name=large.txt", "0123456789abcdef".repeat(40_000).getBytes(UTF_8));
        var exported = ada.api().get("/api/v1/export").expect(200).text();
        var grace = TestUser.registered(api, "grace").api();

        var report = load(grace, exported.replace(from, to));

        assertThat(report.at("/failed/0/detail").asText()).startsWith(pointer);
        assertThat(report.get("imported").asInt()).isZero();
        assertThat(grace.get(FILES).json().get("items")).isEmpty();
    }

    @Test
    void tellsOfMissingParts(ApiClient api) {
        upload("?name=large.txt", "0123456789abcdef".repeat(40_000).getBytes(UTF_8));
        var exported = ada.api().get("/api/v1/export").expect(200).text();
        var grace = TestUser.registered(api, "grace").api();

        var report = load(grace, exported.lines().limit(2).reduce("", (all, line) -> all + line + "\n"));

        assertThat(report.at("/notes/0/detail").asText()).contains("large.txt");
        assertThat(grace.get(FILES).json().get("items")).isEmpty();
    }

    private static JsonNode load(ApiClient user, String lines) {
        return user.within(Duration.ofSeconds(30))
                .send(ApiRequest.of("POST", "/api/v1/import").lines(lines))
                .expect(200)
                .json();
    }

    private ApiResponse upload(String query, byte[] content) {
        return ada.api().send(request(query, content)).expect(201);
    }

    private static ApiRequest request(String query, byte[] content) {
        return ApiRequest.of("POST", FILES + query)
                .with("Content-Type", "application/octet-stream")
                .carrying(content);
    }

    private static String sha256(String content) {
        return HexFormat.of().formatHex(Sha256.of(content));
    }
}
