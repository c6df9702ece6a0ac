package io.parley.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.messages.Messages;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodySchemaTest {
    private static final String MESSAGES = "/api/v1/conversations/" + Fixtures.TASK_ID + "/messages";
    private static final Deque<ConversationDraft> drafted = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Conversations.CREATE, create -> {
            drafted.add(create.draft());
            var metadata = create.draft().metadata();
            return Future.succeededFuture(new Conversation(
                    Fixtures.TASK_ID,
                    Fixtures.ADAS_ID,
                    create.draft().title(),
                    null,
                    metadata == null ? Json.EMPTY_OBJECT : metadata,
                    null,
                    null,
                    null,
                    null,
                    Fixtures.NOON,
                    Fixtures.NOON,
                    null));
        }));
        TestGateway.await(
                gateway.bus.answer(Messages.POST, post -> Future.failedFuture(Problem.conflict("/id", "is taken"))));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void keepsFreeFormJsonDigitByDigit() {
        var metadata =
                "{\"a\":1.10,\"b\":12345678901234567890123,\"c\":[true,null,\"\\u00e9\"],\"d\":0.1000000000000000055}";
        var response = gateway.send("POST", "/api/v1/conversations", "{\"title\":null,\"metadata\":" + metadata + "}");
        var kept = metadata.replace("\\u00e9", "é");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(drafted.getLast()).isEqualTo(new ConversationDraft(null, null, new Json(kept)));
        assertThat(response.body()).contains("\"metadata\":" + kept);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource
    void refusesWithAPointer(String body, String pointer) {
        var response = gateway.send("POST", MESSAGES, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(TestGateway.pointers(response)).containsExactly(pointer);
    }

    static Stream<Arguments> refusesWithAPointer() {
        return Stream.of(
                arguments("", ""),
                arguments(" ", ""),
                arguments("{", ""),
                arguments("null", ""),
                arguments("[]", ""),
                arguments("\"text\"", ""),
                arguments("{} {}", ""),
                arguments("\ufeff{}", ""),
                arguments("{\"role\":'user'}", ""),
                arguments("{}", "/role"),
                arguments("{\"role\":null}", "/role"),
                arguments("{\"role\":1}", "/role"),
                arguments("{\"role\":\"USER\",\"content\":\"x\"}", "/role"),
                arguments("{\"role\":\"user\",\"content\":\"\"}", "/content"),
                arguments("{\"role\":\"user\"}", "/content"),
                arguments("{\"role\":\"user\",\"content\":\"a\\u0000b\"}", "/content"),
                arguments("{\"role\":\"user\",\"content\":\"a\\ud800b\"}", "/content"),
                arguments("{\"role\":\"user\",\"content\":\"\\udc00\\ud800\"}", "/content"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"a/b~\":1}", "/a~1b~0"),
                arguments("{\"role\":\"assistant\",\"content\":\"x\",\"reasoning\":\"hm\"}", "/reasoning"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"content\":\"y\"}", "/content"),
                arguments(
                        "{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"a\":[{\"b\":1,\"b\":2}]}}",
                        "/metadata/a/0/b"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"id\":\"1-1-1-1-1\"}", "/id"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"token_count\":1.5}", "/token_count"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"token_count\":2147483648}", "/token_count"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"token_count\":9223372036854775808}", "/token_count"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"token_count\":1e400}", "/token_count"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"token_count\":1e999999999}", "/token_count"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"a\":-1e400}}", "/metadata/a"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"a\":1e-400}}", "/metadata/a"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"a\":1e99999999999}}", ""),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"\\u0000\":1}}", "/metadata"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"\\ud800\":{\"a\":1,\"a\":1}}}", ""),
                arguments(
                        "{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"a\":" + "9".repeat(2000) + "}}",
                        "/metadata"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":" + deep(200) + "}", "/metadata"),
                arguments(
                        "{\"role\":\"user\",\"content\":\"x\",\"metadata\":{\"a\":\"" + "x".repeat(70_000) + "\"}}",
                        "/metadata"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"metadata\":[]}", "/metadata"),
                arguments("{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[{}]}", "/tool_calls"),
                arguments("{\"role\":\"assistant\",\"tool_calls\":[1]}", "/tool_calls/0"),
                arguments("{\"role\":\"user\",\"content\":\"" + "x".repeat(200_001) + "\"}", "/content"));
    }

    @Test
    void namesEveryFault() {
        var response = gateway.send("POST", MESSAGES, "{\"role\":\"nobody\",\"model\":\"\",\"colour\":\"blue\"}");
        assertThat(TestGateway.pointers(response)).containsExactlyInAnyOrder("/role", "/model", "/colour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-03-01T12:00:00",
                "2027-02-29",
                "0000-01-01",
                "2027-3-1",
                "2027-03-01T12:00Z",
                "2027-02-30T12:00:00Z",
                "2027-03-01T12:00:00.Z",
                "9999-12-31T23:59:59-01:00",
                "10000-01-01T00:00:00Z",
                "2027-03-01T12:00:60Z",
                "2027-03-01T24:00:00Z",
                "+12027-03-01T12:00:00Z",
                "0000-03-01T12:00:00Z",
                "2027-03-01T12:00:00+1:00",
                "2027-03-01T12:00:00Z\\n"
            })
    void refusesATimeThatCannotBeStoredAsSent(String time) {
        var response = gateway.send("POST", "/api/v1/tasks", "{\"title\":\"x\",\"due_date\":\"" + time + "\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(response)).containsExactly("/due_date");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        var body = "{\"title\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        var response = gateway.send(gateway.asAda("/api/v1/conversations")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void refusesAnEmailWithALineEnd() {
        var body = "{\"email\":\"ada@example.org\\n\",\"password\":\"the engine weaves\"}";
        assertThat(TestGateway.pointers(gateway.send("POST", "/api/v1/auth/register", body)))
                .containsExactly("/email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/json; charset=utf-16", "application/merge-patch+json", "json", ";"})
    void refusesAnotherContentType(String type) {
        var response = gateway.send(gateway.asAda("/api/v1/conversations")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void refusesABodyWithoutContentType() {
        var request = gateway.asAda("/api/v1/conversations").POST(BodyPublishers.ofString("{}"));
        assertThat(gateway.send(request).statusCode()).isEqualTo(415);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var body = "{\"title\":\"" + "x".repeat(2_000_000) + "\"}";
        assertThat(gateway.send("POST", "/api/v1/conversations", body).statusCode())
                .isEqualTo(413);
    }

    @Test
    void refusesAChunkedBodyThatIsTooLarge() {
        var body = BodyPublishers.ofByteArrays(Collections.nCopies(200, new byte[10_000]));
        var request = gateway.asAda("/api/v1/conversations")
                .header("Content-Type", "application/json")
                .POST(body);
        assertThat(gateway.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void ignoresABodyIfNoneIsExpected() {
        assertThat(gateway.send("GET", "/health/live", "{\"a\":").statusCode()).isEqualTo(200);
    }

    private static String deep(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }
}
