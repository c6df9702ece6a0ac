package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.chat.OpenAiMessages;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Export and import of everything that a user owns. */
@ExtendWith(SharedJarExtension.class)
class TransferIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path SAMPLES = Path.of("..", "modules", "transfer", "src", "test", "resources", "exports");
    private static final Path RECORDINGS = Path.of("src", "test", "resources", "airline-conversations.jsonl");

    @Test
    void bringsRecordedConversationsFromOneAccountIntoAnother(ApiClient api) throws IOException {
        var ada = TestUser.registered(api, "ada").api();
        var grace = TestUser.registered(api, "grace").api();
        var recorded = Files.readString(RECORDINGS);

        assertThat(load(ada, recorded))
                .isEqualTo(Json.read("{\"imported\":60,\"updated\":0,\"unchanged\":0,\"failed\":[],\"notes\":[]}"));
        var exported = lines(ada);
        assertThat(exported.stream().map(TransferIT::recording).collect(Collectors.toSet()))
                .isEqualTo(recorded.lines().map(Json::read).collect(Collectors.toSet()));

        assertThat(load(grace, text(exported)).get("imported").asInt()).isEqualTo(60);
        assertThat(contents(lines(grace))).isEqualTo(contents(exported));

        var again = load(grace, text(exported));
        assertThat(again)
                .isEqualTo(Json.read("{\"imported\":0,\"updated\":0,\"unchanged\":60,\"failed\":[],\"notes\":[]}"));
        assertThat(lines(grace)).hasSize(60);
    }

    @Test
    void doesTheSameOnTheCommandLine(ParleyJar jar, ApiClient api) throws Exception {
        var ada = TestUser.registered(api, "ada");
        var grace = TestUser.registered(api, "grace");
        var file = jar.data().resolveSibling("export-" + UUID.randomUUID() + ".ndjson");

        assertThat(CommandRunner.runProcess(jar, "import", RECORDINGS.toString(), "--user", ada.email()))
                .contains("Imported: 60.");
        assertThat(CommandRunner.run(jar, "export", "--user", ada.email(), "--output", file.toString()))
                .contains("Exported: 60.");
        assertThat(Files.readAllLines(file).stream().map(Json::read).toList()).isEqualTo(lines(ada.api()));
        CommandRunner.run(jar, "import", file.toString(), "--user", grace.email());
        assertThat(contents(lines(grace.api()))).isEqualTo(contents(lines(ada.api())));
        assertThat(CommandRunner.runProcess(jar, "export", "--user", grace.email())
                        .lines()
                        .map(Json::read)
                        .toList())
                .isEqualTo(lines(grace.api()));
    }

    @Test
    void addsWhatIsNewInALaterExportOfAnotherProduct(ApiClient api) throws IOException {
        var ada = TestUser.registered(api, "ada").api();

        assertThat(load(ada, sample("grown-1.json")).get("imported").asInt()).isOne();
        var before = ada.get("/api/v1/conversations").json().get("items").get(0);
        assertThat(load(ada, sample("grown-2.json")).get("updated").asInt()).isOne();
        assertThat(load(ada, sample("grown-2.json")).get("unchanged").asInt()).isOne();

        var conversations = ada.get("/api/v1/conversations").json().get("items");
        assertThat(conversations).hasSize(1);
        assertThat(id(conversations.get(0))).isEqualTo(id(before));
        assertThat(conversations.get(0).get("updated_at").asText())
                .isGreaterThan(before.get("updated_at").asText());
        var messages = ada.get("/api/v1/conversations/" + id(before) + "/messages")
                .json()
                .get("items");
        assertThat(messages.findValuesAsText("content")).containsExactly("Day one", "Noted.", "Day two");
        assertThat(messages.get(2).get("parent_id")).isEqualTo(messages.get(1).get("id"));
        assertThat(ada.get("/api/v1/search?q=two").json().get("items")).hasSize(1);
        assertThat(ada.get("/api/v1/conversations?deleted=true").json().get("items"))
                .isEmpty();
    }

    @Test
    void takesNothingOutOfTheTrash(ApiClient api) throws IOException {
        var ada = TestUser.registered(api, "ada").api();
        load(ada, sample("grown-1.json"));
        var diary = id(ada.get("/api/v1/conversations").json().get("items").get(0));
        var note = id(ada.get("/api/v1/conversations/" + diary + "/messages")
                .json()
                .get("items")
                .get(1));
        ada.delete("/api/v1/messages/" + note).expect(204);

        assertThat(load(ada, sample("grown-2.json")).get("updated").asInt()).isOne();

        assertThat(ada.get("/api/v1/conversations/" + diary + "/messages")
                        .json()
                        .get("items")
                        .findValuesAsText("content"))
                .containsExactly("Day one", "Day two");
        ada.delete("/api/v1/conversations/" + diary).expect(204);
        var again = load(ada, sample("grown-2.json"));
        assertThat(again.get("unchanged").asInt()).isOne();
        assertThat(again.at("/notes/0/detail").asText()).contains("trash");
        ada.get("/api/v1/conversations/" + diary).expect(404);
    }

    @Test
    void importsAnArchiveOnTheCommandLine(ParleyJar jar, ApiClient api) {
        var ada = TestUser.registered(api, "ada");

        var output =
                CommandRunner.run(jar, "import", SAMPLES.resolve("chatgpt.zip").toString(), "--user", ada.email());

        assertThat(output)
                .contains("Imported: 2. Updated: 0. Unchanged: 0.", "user.json: has no conversations", "chat.html: ");
        assertThat(ada.api().get("/api/v1/conversations").json().get("items").findValuesAsText("title"))
                .containsExactlyInAnyOrder("Zip one", "Zip two");
    }

    private static String sample(String name) throws IOException {
        return Files.readString(SAMPLES.resolve(name));
    }

    @Test
    void keepsTasksWithTheConversationsThatTheyCameFrom(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();
        var grace = TestUser.registered(api, "grace").api();
        var trip = created(
                ada,
                "/api/v1/conversations",
                "{\"title\":\"Trip\",\"description\":\"To Turin\",\"metadata\":{\"n\":1.10}}");
        var question = created(
                ada, "/api/v1/conversations/" + id(trip) + "/messages", "{\"role\":\"user\",\"content\":\"Where?\"}");
        created(
                ada,
                "/api/v1/conversations/" + id(trip) + "/messages",
                "{\"role\":\"assistant\",\"content\":\"There.\",\"parent_id\":\"" + id(question)
                        + "\",\"token_count\":3}");
        created(
                ada,
                "/api/v1/tasks",
                "{\"title\":\"Book\",\"status\":\"completed\",\"due_date\":\"2027-03-01T12:00:00Z\",\"conversation_id\":\""
                        + id(trip) + "\"}");

        var exported = lines(ada);
        load(grace, text(exported));

        var trips = grace.get("/api/v1/conversations").expect(200).json().get("items");
        var tasks = grace.get("/api/v1/tasks").expect(200).json().get("items");
        assertThat(trips).hasSize(1);
        assertThat(tasks).hasSize(1);
        assertThat(id(trips.get(0))).isEqualTo(id(trip));
        assertThat(tasks.get(0).get("conversation_id")).isEqualTo(trips.get(0).get("id"));
        var messages = grace.get("/api/v1/conversations/" + id(trips.get(0)) + "/messages")
                .expect(200)
                .json()
                .get("items");
        assertThat(messages.get(1).get("parent_id")).isEqualTo(messages.get(0).get("id"));
        assertThat(contents(lines(grace))).isEqualTo(contents(exported));
    }

    @Test
    void leavesOutWhatIsDeletedAndWhatIsAnotherUsers(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();
        var grace = TestUser.registered(api, "grace").api();
        created(grace, "/api/v1/conversations", "{\"title\":\"Secret\"}");
        var kept = created(ada, "/api/v1/conversations", "{\"title\":\"Kept\"}");
        var gone = created(ada, "/api/v1/conversations", "{\"title\":\"Gone\"}");
        var task = created(ada, "/api/v1/tasks", "{\"title\":\"Gone too\"}");
        var message = created(
                ada,
                "/api/v1/conversations/" + id(kept) + "/messages",
                "{\"role\":\"user\",\"content\":\"Gone as well\"}");
        ada.delete("/api/v1/conversations/" + id(gone)).expect(204);
        ada.delete("/api/v1/tasks/" + id(task)).expect(204);
        ada.delete("/api/v1/messages/" + id(message)).expect(204);

        var exported = lines(ada);

        assertThat(exported).hasSize(1);
        assertThat(exported.get(0).get("title").asText()).isEqualTo("Kept");
        assertThat(exported.get(0).get("messages")).isEmpty();
        var again = load(ada, "{\"id\":\"" + id(gone) + "\",\"messages\":[]}");
        assertThat(again.get("unchanged").asInt()).isOne();
        assertThat(again.at("/notes/0/detail").asText()).contains("trash");
    }

    @Test
    void namesTheLinesThatAreBrokenAndTakesTheOthers(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();

        var report = load(ada, """
            {"title":"good","messages":[{"role":"user","content":"Hello"}]}
            {"title":"cut","messages":[{"role":"user"
            {"title":"bad","messages":[{"role":"user","content":"Hello"},{"role":"pope","content":"x"}]}
            {"title":"%s"}

            {"title":"also good","messages":[]}""".formatted("long".repeat(100)));

        assertThat(report.get("imported").asInt()).isEqualTo(2);
        assertThat(report.get("failed").findValuesAsText("line")).containsExactly("2", "3", "4");
        assertThat(report.at("/failed/1/detail").asText()).startsWith("/messages/1/role ");
        assertThat(report.at("/failed/2/detail").asText()).startsWith("is not a conversation");
        assertThat(ada.get("/api/v1/conversations").json().get("items").findValuesAsText("title"))
                .containsExactlyInAnyOrder("good", "also good");
        assertThat(ada.get("/api/v1/search?q=hello").json().get("items")).hasSize(1);
    }

    @Test
    void takesMoreThanABodyMayHave(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();
        var message = "{\"role\":\"user\",\"content\":\"" + "a long story ".repeat(5_000) + "\"}";
        var line = "{\"title\":\"long\",\"messages\":[" + (message + ",").repeat(60) + message + "]}\n";

        assertThat(load(ada, line).get("imported").asInt()).isOne();

        var exported = lines(ada);
        assertThat(exported).hasSize(1);
        assertThat(exported.get(0).get("messages")).hasSize(61);
    }

    @Test
    void refusesOtherTypesAndCompressedBodies(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();
        var request = ApiRequest.of("POST", "/api/v1/import").lines("{\"messages\":[]}");

        ada.send(request.with("Content-Type", "text/csv")).expect(415);
        ada.send(request.without("Content-Type")).expect(415);
        ada.send(request.with("Content-Encoding", "gzip")).expect(415);
        assertThat(ada.send(request.with("Content-Type", "application/json"))
                        .expect(200)
                        .json()
                        .get("imported")
                        .asInt())
                .isOne();
    }

    private static JsonNode load(ApiClient user, String lines) {
        return user.within(PATIENCE)
                .send(ApiRequest.of("POST", "/api/v1/import").lines(lines))
                .expect(200)
                .json();
    }

    @Test
    void namesTheExport(ApiClient api) {
        var answer = TestUser.registered(api, "ada").api().get("/api/v1/export").expect(200);
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"parley-export.jsonl\"");
    }

    private static List<JsonNode> lines(ApiClient user) {
        return user.get("/api/v1/export")
                .expect(200)
                .text()
                .lines()
                .map(Json::read)
                .toList();
    }

    private static String text(List<JsonNode> lines) {
        return lines.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
    }

    private static JsonNode created(ApiClient user, String place, String draft) {
        return user.post(place, draft).expect(201).json();
    }

    private static String id(JsonNode resource) {
        return resource.get("id").asText();
    }

    /** The part of an exported line that a recording has. */
    private static JsonNode recording(JsonNode line) {
        var recording = Json.object();
        recording.set("title", line.get("title"));
        recording.set("metadata", line.get("metadata"));
        var messages = recording.putArray("messages");
        for (var message : line.get("messages")) messages.add(OpenAiMessages.recorded(message));
        return recording;
    }

    /** The lines without their ids, which an import into another account replaces. */
    private static Set<JsonNode> contents(List<JsonNode> lines) {
        return lines.stream()
                .map(TransferIT::withoutIds)
                .peek(line -> line.path("messages")
                        .forEach(message -> ((ObjectNode) message).remove(List.of("id", "parent_id"))))
                .collect(Collectors.toSet());
    }

    private static ObjectNode withoutIds(JsonNode line) {
        ObjectNode copy = line.deepCopy();
        copy.remove(List.of("id", "conversation_id", "current_leaf"));
        return copy;
    }
}
