package io.parley.config.system.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every POST of the contract that takes an Idempotency-Key, sent more than once. */
@ExtendWith(SharedJarExtension.class)
class IdempotencyIT {
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final int AT_ONCE = 8;

    private static final Set<String> ANSWERS_WITH_SECRETS = Set.of(
            "createInvitation",
            "createToken",
            "createWebhook",
            "rotateWebhookSecret",
            "setUpTotp",
            "confirmTotp",
            "renewRecoveryCodes");

    private ApiClient anonymous;
    private ValidRequests scene;
    private TestUser ada;

    @BeforeEach
    void register(ApiClient api) {
        anonymous = api;
        scene = new ValidRequests(api);
        ada = TestUser.registered(api, "ada");
    }

    static Stream<Operation> keyed() {
        return ApiContract.SERVED.operations().stream()
                // The id of a turn is derived from its key, which ChatIT tests.
                .filter(operation -> !operation.answersEvents())
                .filter(operation -> operation.parametersIn("header").stream()
                        .anyMatch(parameter -> parameter.name().equals(KEY)));
    }

    static Stream<Operation> creating() {
        return keyed().filter(operation ->
                !operation.isUpload() && ApiContract.SERVED.reader(operation).isPresent());
    }

    @Test
    void isThereForEveryPostOfSomebodySignedIn() {
        assertThat(keyed())
                .hasSizeGreaterThan(7)
                .containsExactlyElementsOf(ApiContract.SERVED.operations().stream()
                        .filter(operation -> operation.method().equals("POST") && !operation.open())
                        // Its answer holds a secret, which a stored answer would keep in clear text.
                        .filter(operation -> !ANSWERS_WITH_SECRETS.contains(operation.id()))
                        .filter(operation -> !operation.answersEvents())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void givesTheSameAnswerAgain(Operation operation) {
        var request = request(operation, ada);

        var first = ada.api().send(request).expect(operation.success());
        assertThat(first.header(REPLAYED)).isEmpty();
        for (int again = 0; again < 3; again++) assertReplay(ada.api().send(request), first);

        if (!first.header("Location").isEmpty()) assertThat(listed(request)).containsExactly(id(first));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void refusesAnotherRequest(Operation operation) {
        var request = request(operation, ada);
        var first = ada.api().send(request).expect(operation.success());

        var other =
                ada.api().send(request.carrying((new String(request.bytes(), ISO_8859_1) + " ").getBytes(ISO_8859_1)));

        assertThat(other.expect(409).pointers()).containsExactly(KEY);
        assertThat(other.header(REPLAYED)).isEmpty();
        assertReplay(ada.api().send(request), first);
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void isDoneOnceWhereItComesManyTimesAtOnce(Operation operation) {
        var request = request(operation, ada);

        var sent = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> ada.api().send(request)))
                .limit(AT_ONCE)
                .toList();
        var answers = sent.stream().map(CompletableFuture::join).toList();

        assertThat(answers).allSatisfy(answer -> answer.expect(operation.success()));
        assertThat(answers)
                .extracting(ApiResponse::text)
                .containsOnly(answers.get(0).text());
        assertThat(answers)
                .extracting(answer -> answer.header("ETag"))
                .containsOnly(answers.get(0).header("ETag"));
        assertThat(answers)
                .filteredOn(answer -> answer.header(REPLAYED).isEmpty())
                .hasSize(1);
        if (!answers.get(0).header("Location").isEmpty())
            assertThat(listed(request)).containsExactly(id(answers.get(0)));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void isAnotherUsersOwnUnderTheSameKey(Operation operation) {
        var grace = TestUser.registered(anonymous, "grace");
        var adas = request(operation, ada);
        var graces = scene.request(operation, grace).with(KEY, adas.headers().get(KEY));

        var first = ada.api().send(adas).expect(operation.success());
        var second = grace.api().send(graces).expect(operation.success());

        assertThat(second.header(REPLAYED)).isEmpty();
        assertReplay(ada.api().send(adas), first);
        assertReplay(grace.api().send(graces), second);
    }

    @ParameterizedTest
    @MethodSource("creating")
    void isAnotherUnderAnotherKeyAndUnderNone(Operation operation) {
        var request = request(operation, ada);
        ada.api().send(request).expect(201);

        var body = scene.body(operation, ada).toString();
        ada.api().send(request.json(body).with(KEY, key())).expect(201);
        var unkeyed = scene.body(operation, ada).toString();
        ada.api().send(request.without(KEY).json(unkeyed)).expect(201);

        assertThat(listed(request)).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void isFreeAfterAnError() {
        var request = ApiRequest.of("POST", "/api/v1/tasks").with(KEY, key());
        ada.api().send(request.json("{\"title\":\"\"}")).expect(400);
        var draft = Json.object()
                .put("title", "pack")
                .put("conversation_id", UUID.randomUUID().toString());
        ada.api().send(request.json(draft.toString())).expect(400);

        ada.api().send(request.json("{\"title\":\"pack\"}")).expect(201);
    }

    @Test
    void changesThePasswordOnceAndSaysSoAgain() {
        var change = Json.object().put("current_password", TestUser.PASSWORD).put("new_password", "another " + key());
        var request = ApiRequest.of("POST", "/api/v1/auth/password").json(change.toString());
        var keyed = request.with(KEY, key());

        ada.api().send(keyed).expect(204);
        ada.api().send(keyed).expect(204);

        ada.api().send(request).expect(400);
    }

    @Test
    void takesAMessageUnderTheIdOfItsClient() {
        var place = ada.api().post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
        var id = UUID.randomUUID().toString();
        var draft = Json.object().put("id", id).put("role", "user").put("content", "x");
        var request = ApiRequest.of("POST", place).json(draft.toString());

        var first = ada.api().send(request.with(KEY, key())).expect(201);
        assertThat(first.json().get("id").asText()).isEqualTo(id);
        assertThat(ada.api().send(request.with(KEY, key())).expect(201).json()).isEqualTo(first.json());
        assertThat(ada.api().send(request).expect(201).json()).isEqualTo(first.json());

        assertThat(Pages.of(ada.api(), place, 10)).hasSize(1);
    }

    @Test
    void isIgnoredWhereTheAnswerIsATokenOrNothingIsDone() {
        var key = key();
        var account = Json.object().put("email", TestUser.address("grace")).put("password", TestUser.PASSWORD);
        var register = ApiRequest.of("POST", "/api/v1/auth/register")
                .json(account.toString())
                .with(KEY, key);
        anonymous.send(register).expect(201);
        assertThat(anonymous.send(register).expect(409).pointers()).containsExactly("/email");
        var login = ApiRequest.of("POST", "/api/v1/auth/login")
                .json(account.toString())
                .with(KEY, key);
        assertThat(anonymous.send(login).expect(200).json())
                .isNotEqualTo(anonymous.send(login).expect(200).json());
        ada.api()
                .send(ApiRequest.of("GET", "/api/v1/tasks").with(KEY, "no key at all"))
                .expect(200);
    }

    @Test
    void keepsNoSecrets(ParleyJar jar) throws IOException {
        var secret = "sk-" + key();
        var apiKey = Json.object().put("provider", "openai").put("key", secret);
        ada.api()
                .send(ApiRequest.of("POST", "/api/v1/api-keys")
                        .json(apiKey.toString())
                        .with(KEY, key()))
                .expect(201);
        var password = "secret " + key();
        var change = Json.object().put("current_password", TestUser.PASSWORD).put("new_password", password);
        ada.api()
                .send(ApiRequest.of("POST", "/api/v1/auth/password")
                        .json(change.toString())
                        .with(KEY, key()))
                .expect(204);

        assertThat(Files.readString(jar.output())).doesNotContain(secret, password);
        try (var files = Files.walk(jar.data())) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> holds(file, secret, password));
        }
    }

    private ApiRequest request(Operation operation, TestUser owner) {
        return scene.request(operation, owner).with(KEY, key());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void assertReplay(ApiResponse again, ApiResponse first) {
        assertThat(again.expect(first.status()).text()).isEqualTo(first.text());
        assertThat(again.header(REPLAYED)).isEqualTo("true");
        for (var header : List.of("Location", "ETag", "Content-Type"))
            assertThat(again.header(header)).isEqualTo(first.header(header));
    }

    // The path of a creation is that of the list.
    private List<String> listed(ApiRequest creation) {
        return Pages.of(ada.api(), creation.path(), 50).stream()
                .map(item -> item.get("id").asText())
                .toList();
    }

    private static String id(ApiResponse created) {
        return created.json().get("id").asText();
    }

    // The database may have removed the file meanwhile.
    private static boolean holds(Path file, String... texts) {
        try {
            var bytes = new String(Files.readAllBytes(file), ISO_8859_1);
            return Stream.of(texts).anyMatch(bytes::contains);
        } catch (IOException gone) {
            return false;
        }
    }
}
