package io.parley.config.system.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.chat.ChatConversation;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestFiles;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is encrypted can be used as everything else, and cannot be read in the database. */
@ExtendWith(SharedJarExtension.class)
class EncryptionIT {
    private static final String CONVERSATIONS = "/api/v1/conversations";
    private static final String TASKS = "/api/v1/tasks";
    private static final String FILES = "/api/v1/files";

    private final ParleyJar jar;
    private final ApiClient api;

    /** A word that occurs nowhere else. */
    private final String secret = "quokka" + UUID.randomUUID().toString().replace("-", "");

    private TestUser user;
    private ApiClient ada;

    EncryptionIT(ParleyJar jar, ApiClient api) {
        this.jar = jar;
        this.api = api;
    }

    @BeforeEach
    void register() {
        user = TestUser.registered(api, "ada");
        ada = user.api();
    }

    @Test
    void leavesNothingReadable() throws Exception {
        var chat = new ChatConversation(ada, conversation().get("id").asText());
        ada.patch(
                        CONVERSATIONS + "/" + chat.id(),
                        Json.object().put("description", secret + " again").toString())
                .expect(200);
        chat.post(message(secret));
        var turn = chat.send("remind me to feed the " + secret).expect(200).json();
        var answer = turn.at("/messages")
                .get(turn.at("/messages").size() - 1)
                .get("id")
                .asText();
        ada.patch("/api/v1/messages/" + answer, "{\"metadata\":{\"note\":\"" + secret + "\"}}")
                .expect(200);
        ada.send(ApiRequest.of("PUT", "/api/v1/messages/" + answer + "/feedback")
                        .json("{\"rating\":\"up\",\"comment\":\"" + secret + "\"}"))
                .expect(200);
        ada.post(CONVERSATIONS + "/" + chat.id() + "/summary", "{}");
        var task = task();
        ada.patch(TASKS + "/" + task.get("id").asText(), "{\"description\":\"" + secret + "\"}")
                .expect(200);
        changeTogether(CONVERSATIONS, chat.id());
        changeTogether(TASKS, task.get("id").asText());
        load(line(secret));

        assertThat(chat.messages().toString()).contains(secret);
        assertThat(ada.get(CONVERSATIONS + "?include=preview")
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(2)
                .allMatch(each -> each.at("/last_message/preview").asText().contains(secret));
        assertThat(chat.turn(turn.at("/turn/id").asText()).toString()).doesNotContain(secret);
        assertThat(chat.follow(turn.at("/turn/id").asText()).toTheEnd().toString())
                .contains(secret);
        assertThat(items(TASKS))
                .hasSize(2)
                .allMatch(each -> each.get("encrypted").asBoolean());
        assertThat(items(TASKS).toString()).contains(secret);
        assertNothingReadable();
    }

    @Test
    void leavesNothingReadableOfPrograms() {
        ada.patch("/api/v1/users/me", "{\"encrypt_by_default\":true}").expect(200);
        var program = new ApiClient(ada.server())
                .as(ada.post(
                                "/api/v1/tokens",
                                "{\"name\":\"Program\",\"scopes\":[\"tasks:write\",\"conversations:write\",\"chat\"]}")
                        .expect(201)
                        .json()
                        .get("token")
                        .asText());
        var item = Json.object().put("role", "user").put("content", secret);
        var wanted = Json.object();
        wanted.putObject("metadata").put("topic", secret);
        wanted.putArray("items").add(item);
        var made =
                program.post("/v1/conversations", wanted.toString()).expect(200).json();
        var path = "/v1/conversations/" + made.get("id").asText();
        var more = Json.object();
        more.putArray("items").add(item);
        program.post(path + "/items", more.toString()).expect(200);

        var asked = Json.object().put("input", "add task Feed the " + secret).put("instructions", secret);
        asked.set(
                "tools", Json.read("[{\"type\":\"mcp\",\"server_label\":\"parley\",\"require_approval\":\"never\"}]"));
        var alone = program.post("/v1/responses", asked.toString()).expect(200).json();
        program.post(
                        "/v1/responses",
                        asked.put("conversation", made.get("id").asText()).toString())
                .expect(200);

        assertThat(program.get(path).expect(200).text()).contains(secret);
        assertThat(program.get(path + "/items?limit=5").expect(200).text()).contains(secret);
        assertThat(program.get("/v1/responses/" + alone.get("id").asText())
                        .expect(200)
                        .json())
                .isEqualTo(alone);
        assertThat(items(TASKS))
                .hasSize(2)
                .allMatch(each -> each.get("encrypted").asBoolean());
        assertNothingReadable();
    }

    @Test
    void leavesNothingReadableOfFiles() {
        var content = (secret + "\n").repeat(20_000).getBytes(UTF_8);
        var file = ada.send(upload(content)).expect(201);

        assertThat(file.json().get("encrypted").asBoolean()).isTrue();
        assertThat(file.json().get("name").asText()).isEqualTo(secret + ".txt");
        var place = file.header("Location") + "/content";
        assertThat(ada.get(place).expect(200).text()).isEqualTo(new String(content, UTF_8));
        var part = ada.send(ApiRequest.of("GET", place).with("Range", "bytes=262140-524300"));
        assertThat(part.expect(206).text()).isEqualTo(new String(content, 262140, 524301 - 262140, UTF_8));
        assertNothingReadable(secret, file.json().get("sha256").asText());
    }

    @Test
    void exportsFilesInClearAndImportsThemEncrypted() {
        ada.send(upload(secret.getBytes(UTF_8))).expect(201);
        var exported = ada.get("/api/v1/export").expect(200).text();
        assertThat(exported).contains(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));

        var grace = TestUser.registered(api, "grace").api();
        load(grace, exported);

        var imported = Pages.of(grace, FILES, 50).get(0);
        assertThat(imported.get("encrypted").asBoolean()).isTrue();
        assertThat(grace.get(FILES + "/" + imported.get("id").asText() + "/content")
                        .expect(200)
                        .text())
                .isEqualTo(secret);
        assertNothingReadable();
    }

    @Test
    void leavesNothingReadableOfPartsOfMessages() {
        var file = TestFiles.upload(ada, "lake.png", TestFiles.PNG);
        var path = messages(conversation());
        var body = Json.object().put("role", "user");
        var parts = body.putArray("parts");
        parts.addObject().put("type", "text").put("text", secret);
        parts.addObject().put("type", "file").put("file_id", file);

        var message = ada.post(path, body.toString()).expect(201).json();

        assertThat(message.at("/parts/0/text").asText()).isEqualTo(secret);
        assertThat(message.at("/parts/1/name").asText()).isEqualTo("lake.png");
        assertThat(items(path)).containsExactly(message);
        var exported = ada.get("/api/v1/export").expect(200).text();
        var grace = TestUser.registered(api, "grace").api();
        load(grace, exported);
        assertThat(Pages.of(grace, "/api/v1/messages", 50).get(0).get("parts")).isEqualTo(message.get("parts"));
        assertNothingReadable();
    }

    @Test
    void answersTheSameRequestAgain() {
        var request = ApiRequest.of("POST", CONVERSATIONS)
                .json("{\"encrypted\":true,\"title\":\"" + secret + "\"}")
                .with("Idempotency-Key", UUID.randomUUID().toString());

        var first = ada.send(request).expect(201);
        var again = ada.send(request).expect(201);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.json().get("title").asText()).isEqualTo(secret);
        assertNothingReadable();
    }

    @Test
    void isCountedAndNotFoundBySearches() {
        assertThat(search())
                .isEqualTo(Json.read(
                        "{\"items\":[],\"next_cursor\":null," + "\"not_searched\":{\"conversations\":0,\"tasks\":0}}"));
        var conversation = conversation();
        ada.post(messages(conversation), message(secret)).expect(201);
        task();

        var found = search();
        assertThat(found.get("items")).isEmpty();
        assertThat(found.get("not_searched")).isEqualTo(Json.read("{\"conversations\":1,\"tasks\":1}"));
        assertThat(ada.get(TASKS + "?q=" + secret).expect(200).json().get("items"))
                .isEmpty();

        ada.delete(CONVERSATIONS + "/" + conversation.get("id").asText()).expect(204);
        assertThat(search().get("not_searched")).isEqualTo(Json.read("{\"conversations\":0,\"tasks\":1}"));
        assertThat(ada.get(CONVERSATIONS + "?deleted=true").expect(200).text()).contains(secret);
        ada.post(CONVERSATIONS + "/" + conversation.get("id").asText() + "/restore", "")
                .expect(200);
        assertThat(items(messages(conversation)).toString()).contains(secret);
    }

    @Test
    void cannotBeChangedLater() {
        for (var made : List.of(
                CONVERSATIONS + "/" + conversation().get("id").asText(),
                TASKS + "/" + task().get("id").asText())) {
            assertThat(ada.get(made).expect(200).json().get("encrypted").asBoolean())
                    .isTrue();
            for (var value : List.of("true", "false", "null"))
                assertThat(ada.patch(made, "{\"encrypted\":" + value + "}")
                                .expect(400)
                                .pointers())
                        .containsExactly("/encrypted");
        }
    }

    @Test
    void isTheDefaultOfThoseWhoChooseIt() {
        assertThat(isEncrypted(CONVERSATIONS, "{}")).isFalse();
        assertThat(ada.patch("/api/v1/users/me", "{\"encrypt_by_default\":true}")
                        .expect(200)
                        .json()
                        .get("encrypt_by_default")
                        .asBoolean())
                .isTrue();

        assertThat(isEncrypted(CONVERSATIONS, "{}")).isTrue();
        assertThat(isEncrypted(CONVERSATIONS, "{\"encrypted\":null}")).isTrue();
        assertThat(isEncrypted(CONVERSATIONS, "{\"encrypted\":false}")).isFalse();
        assertThat(isEncrypted(TASKS, "{\"title\":\"Pack\"}")).isTrue();
        load(
                "{\"type\":\"conversation\",\"title\":\"Imported\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(items(CONVERSATIONS).get(0).get("encrypted").asBoolean()).isTrue();

        var file = ApiRequest.of("POST", FILES)
                .with("Content-Type", "application/octet-stream")
                .carrying("Hi".getBytes(UTF_8));
        assertThat(ada.send(file).expect(201).json().get("encrypted").asBoolean())
                .isTrue();

        ada.patch("/api/v1/users/me", "{\"encrypt_by_default\":null}").expect(200);
        assertThat(ada.send(file).expect(201).json().get("encrypted").asBoolean())
                .isFalse();
        assertThat(isEncrypted(CONVERSATIONS, "{}")).isFalse();
    }

    @Test
    void isExportedInClearAndImportedEncrypted() {
        var conversation = conversation();
        ada.post(messages(conversation), message(secret)).expect(201);
        task();
        var exported = ada.get("/api/v1/export").expect(200).text();
        assertThat(exported.lines().map(Json::read).toList())
                .hasSize(2)
                .allMatch(each -> each.get("encrypted").asBoolean())
                .allMatch(each -> each.get("title").asText().equals(secret));

        var grace = TestUser.registered(api, "grace").api();
        load(grace, exported);
        var imported = Pages.of(grace, CONVERSATIONS, 50).get(0);
        assertThat(imported.get("encrypted").asBoolean()).isTrue();
        assertThat(Pages.of(grace, messages(imported), 50))
                .singleElement()
                .satisfies(each -> assertThat(each.get("content").asText()).isEqualTo(secret));
        assertThat(Pages.of(grace, TASKS, 50).get(0).get("encrypted").asBoolean())
                .isTrue();

        // The same conversation with another message.
        ada.post(messages(conversation), message("more of " + secret)).expect(201);
        load(grace, ada.get("/api/v1/export").expect(200).text());
        assertThat(Pages.of(grace, messages(imported), 50)).hasSize(2);
        assertNothingReadable();
    }

    @Test
    void survivesNewKeys() throws Exception {
        var before = conversation();
        var file = ada.send(upload(secret.getBytes(UTF_8))).header("Location");
        CommandRunner.run(jar, "keys", "rotate");
        assertThat(CommandRunner.run(jar, "keys", "rotate", "--user-keys")).containsPattern("new key: [1-9]");
        var after = conversation();

        for (var each : List.of(before, after))
            assertThat(ada.get(CONVERSATIONS + "/" + each.get("id").asText())
                            .expect(200)
                            .json()
                            .get("title")
                            .asText())
                    .isEqualTo(secret);
        assertThat(ada.get(file + "/content").expect(200).text()).isEqualTo(secret);
    }

    @Test
    void goesWithItsKeyWhenTheAccountIsDeleted() {
        conversation();
        var database = JarDatabase.of(jar);
        var keys = "SELECT count(*)::text FROM user_keys WHERE user_id = '" + user.id() + "'";
        assertThat(database.read(keys)).containsExactly("1");

        ada.send(ApiRequest.of("DELETE", "/api/v1/users/me")).expect(204);

        assertThat(database.read(keys)).containsExactly("0");
    }

    @Test
    void answersUnavailableForWhatWasTamperedWith() {
        var task = task();
        JarDatabase.of(jar)
                .execute("UPDATE tasks SET sealed = set_byte(sealed, length(sealed) - 1, 255 - get_byte(sealed,"
                        + " length(sealed) - 1)) WHERE id = '" + task.get("id").asText() + "'");

        var refused = ada.get(TASKS + "/" + task.get("id").asText()).expect(503);

        assertThat(refused.text()).doesNotContain("sealed", secret);
        ada.get(TASKS).expect(503);
    }

    private JsonNode conversation() {
        var body = Json.object().put("encrypted", true).put("title", secret);
        body.put("description", secret)
                .put("instructions", secret)
                .putObject("metadata")
                .put("animal", secret);
        return ada.post(CONVERSATIONS, body.toString()).expect(201).json();
    }

    private JsonNode task() {
        var body = Json.object().put("encrypted", true).put("title", secret).put("description", secret);
        return ada.post(TASKS, body.toString()).expect(201).json();
    }

    private ApiRequest upload(byte[] content) {
        return ApiRequest.of("POST", FILES + "?encrypted=true&name=" + secret + ".txt")
                .with("Content-Type", "application/octet-stream")
                .carrying(content);
    }

    private boolean isEncrypted(String list, String body) {
        return ada.post(list, body).expect(201).json().get("encrypted").asBoolean();
    }

    private static String messages(JsonNode conversation) {
        return CONVERSATIONS + "/" + conversation.get("id").asText() + "/messages";
    }

    private void changeTogether(String list, String id) {
        var batch = Json.object();
        var change =
                batch.putArray("operations").addObject().put("op", "update").put("id", id);
        change.putObject("body").put("title", secret + " changed");
        ada.send(ApiRequest.of("POST", list + "/batch")
                        .json(batch.toString())
                        .with("Idempotency-Key", UUID.randomUUID().toString()))
                .expect(207);
    }

    private static String message(String content) {
        return Json.object().put("role", "user").put("content", content).toString();
    }

    private static String line(String text) {
        var line =
                Json.object().put("type", "conversation").put("encrypted", true).put("title", text);
        var message = line.putArray("messages").addObject();
        message.put("role", "assistant")
                .put("content", text)
                .putObject("feedback")
                .put("rating", "up")
                .put("comment", text);
        return line.toString();
    }

    private void load(String lines) {
        load(ada, lines);
    }

    private static void load(ApiClient owner, String lines) {
        assertThat(owner.send(ApiRequest.of("POST", "/api/v1/import").lines(lines))
                        .expect(200)
                        .json()
                        .get("failed"))
                .isEmpty();
    }

    private List<JsonNode> items(String list) {
        return Pages.of(ada, list, 50);
    }

    private JsonNode search() {
        return ada.get("/api/v1/search?q=" + secret).expect(200).json();
    }

    private void assertNothingReadable() {
        assertNothingReadable(secret);
    }

    /** As a dump has it, in which bytes are hexadecimal, and in the files, the write-ahead log included. */
    private void assertNothingReadable(String... words) {
        var database = JarDatabase.of(jar);
        var tables = database.read("SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
        for (var table : tables)
            for (var word : words)
                assertThat(database.read("SELECT count(*)::text FROM " + table + " t WHERE t::text LIKE '%" + word
                                + "%' OR t::text LIKE '%" + HexFormat.of().formatHex(word.getBytes(UTF_8)) + "%'"))
                        .as(table)
                        .containsExactly("0");
        database.execute("CHECKPOINT");
        assertThat(files()).filteredOn(file -> contains(file, words)).isEmpty();
    }

    // PostgreSQL removes files, also while they are listed or read.
    private List<Path> files() {
        var files = new ArrayList<Path>();
        try {
            Files.walkFileTree(jar.data(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) files.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private static boolean contains(Path file, String... words) {
        try {
            var content = new String(Files.readAllBytes(file), ISO_8859_1);
            return Stream.of(words).anyMatch(content::contains);
        } catch (IOException gone) {
            return false;
        }
    }
}
