package io.parley.config.system.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFiles;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelScript;
import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images and documents that programs send. */
class OpenAiFilesIT {
    private static final String IMAGE = TestFiles.dataUrl("image/png", TestFiles.PNG);
    private static final ModelHost host = new ModelHost();
    private static ParleyJar jar;

    private TestUser ada;
    private Program program;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settingsWithImages());
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @BeforeEach
    void register() {
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        program = Program.of(ada, Program.ALL);
    }

    @Test
    void showsTheModelWhatIsSentAndStoresItOnce() {
        host.model.plays(ModelScript.answer("A dot."), ModelScript.answer("A dot."));
        var first = program.respond(asking(image(IMAGE), pdf()));
        assertContentWasShown();
        program.respond(asking(image(IMAGE), pdf()));
        assertContentWasShown();

        assertThat(files()).hasSize(2);
        var items = program.get("responses/" + first.get("id").asText() + "/input_items")
                .get("data");
        var content = items.at("/0/content");
        assertThat(content.findValuesAsText("type")).containsExactly("input_text", "input_image", "input_file");
        assertThat(content.at("/2/filename").asText()).isEqualTo("map.pdf");
        var again = Json.object()
                .put("type", "input_image")
                .put("file_id", content.at("/1/file_id").asText());
        host.model.plays(ModelScript.answer("Still a dot."));
        program.respond(asking(again, pdf()));
        assertContentWasShown();
        assertThat(files()).hasSize(2);
    }

    private static void assertContentWasShown() {
        var content = asked();
        assertThat(content.getJsonObject(0).getString("text")).isEqualTo("What is it?");
        assertThat(content.getJsonObject(1).getJsonObject("image_url").getString("url"))
                .isEqualTo(IMAGE);
        assertThat(content.getJsonObject(2).getJsonObject("file").getString("filename"))
                .isEqualTo("map.pdf");
    }

    @Test
    void storesNothingOfAResponseThatIsNotStored() {
        host.model.plays(ModelScript.answer("A dot."));

        program.respond(asking(image(IMAGE), pdf()).put("store", false));

        assertContentWasShown();
        assertThat(files()).isEmpty();
    }

    @Test
    void encryptsFilesThatAreSentIntoAnEncryptedConversation() {
        var made = ada.api()
                .post("/api/v1/conversations", "{\"encrypted\":true}")
                .expect(201)
                .json();
        var conversation = "conv_" + made.get("id").asText().replace("-", "");
        var items = Json.object();
        items.putArray("items").add(message(image(IMAGE)));
        program.post("conversations/" + conversation + "/items", items);
        host.model.plays(ModelScript.answer("A map."));
        program.respond(asking(pdf()).put("conversation", conversation));

        assertThat(asked().toString()).contains("map.pdf");
        assertThat(files()).hasSize(2).allMatch(file -> file.get("encrypted").asBoolean());
    }

    @Test
    void keepsFilesInTheItemsOfAConversation() {
        var items = Json.object();
        items.putArray("items").add(message(image(IMAGE)));
        var conversation = program.post("conversations", items).get("id").asText();

        var item = program.get("conversations/" + conversation + "/items").at("/data/0");

        assertThat(item.at("/content/1/type").asText()).isEqualTo("input_image");
        assertThat(item.at("/content/1/file_id").asText()).matches("file_[0-9a-f]{32}");
        assertThat(program.get("conversations/" + conversation + "/items/"
                        + item.get("id").asText()))
                .isEqualTo(item);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://example.com/a.png | image_url",
                "data:image/jpeg;base64,PNG | image_url",
                "data:image/png;base64,%% | image_url",
                "data:image/png,abc | image_url",
                "data:text/plain;base64,SGVsbG8= | image_url",
                "data:application/zip;base64,UEsDBAAA | image_url",
                "data:image/png;base64, | image_url"
            })
    void refusesWhatIsNotAnImage(String url, String field) {
        var sent = url.endsWith("PNG") ? TestFiles.dataUrl("image/jpeg", TestFiles.PNG) : url;

        var error = program.send("responses", asking(image(sent)))
                .expect(400)
                .json()
                .get("error");

        assertThat(error.get("code").asText()).isEqualTo("unsupported_content_type");
        assertThat(error.get("param").asText()).isEqualTo("input[0].content[1]." + field);
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesFilesThatTheModelDoesNotTake() {
        var error = program.send("responses", asking(image(IMAGE)).put("model", "blind"))
                .expect(400)
                .json()
                .get("error");

        assertThat(error.get("code").asText()).isEqualTo("unsupported_content_type");
        assertThat(error.get("param").asText()).isEqualTo("input[0].content[1]");
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesOtherUsersFiles() {
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();
        var hers = TestFiles.upload(grace, "diary.txt", "Dear diary".getBytes(UTF_8));
        var file = Json.object().put("type", "input_file").put("file_id", hers);

        assertThat(program.send("responses", asking(file))
                        .expect(403)
                        .json()
                        .at("/error/code")
                        .asText())
                .isEqualTo("permission_denied");
        file.put("file_id", "file_" + "0".repeat(32));
        program.send("responses", asking(file)).expect(404);
    }

    private static ObjectNode asking(ObjectNode... files) {
        var body = Json.object();
        body.putArray("input").add(message(files));
        return body;
    }

    private static ObjectNode message(ObjectNode... files) {
        var message = Json.object().put("role", "user");
        var content = message.putArray("content");
        content.addObject().put("type", "input_text").put("text", "What is it?");
        for (var file : files) content.add(file);
        return message;
    }

    private static ObjectNode image(String url) {
        return Json.object().put("type", "input_image").put("image_url", url);
    }

    private static ObjectNode pdf() {
        return Json.object()
                .put("type", "input_file")
                .put("filename", "map.pdf")
                .put("file_data", TestFiles.dataUrl("application/pdf", TestFiles.PDF));
    }

    private JsonNode files() {
        return ada.api().get("/api/v1/files").expect(200).json().get("items");
    }

    private static JsonArray asked() {
        var messages = Answers.of(host.model.next()).body().getJsonArray("messages");
        return messages.getJsonObject(messages.size() - 1).getJsonArray("content");
    }
}
