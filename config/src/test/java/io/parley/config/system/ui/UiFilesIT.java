package io.parley.config.system.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFiles;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelScript;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** File parts of {@code useChat}. */
class UiFilesIT {
    private static final String CHAT = "/api/v1/ui/chat";
    private static final String IMAGE = TestFiles.dataUrl("image/png", TestFiles.PNG);
    private static final ModelHost host = new ModelHost();
    private static ParleyJar jar;

    private final String conversation = UUID.randomUUID().toString();
    private ApiClient ada;

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
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
    }

    @Test
    void showsTheModelWhatIsSentAndKeepsItInTheHistory() {
        host.model.plays(ModelScript.answer("A dot."), ModelScript.answer("A point."));
        send(message("one", "What is it?", IMAGE)).expect(200);
        assertThat(asked()).isEqualTo(IMAGE);
        send(message("one", "What is it?", IMAGE)).expect(200);

        var part = history().at("/0/parts/1");
        assertThat(history()).hasSize(2);
        assertThat(part.get("type").asText()).isEqualTo("file");
        assertThat(part.get("mediaType").asText()).isEqualTo("image/png");
        assertThat(part.get("filename").asText()).isEqualTo("dot.png");
        var url = part.get("url").asText();
        assertThat(url).startsWith(jar.uri().toString());
        ada.get(URI.create(url).getPath()).expect(200);

        send(message("one", "And what is it called?", url).put("messageId", "one"))
                .expect(200);
        assertThat(asked()).isEqualTo(IMAGE);
        assertThat(history().at("/0/parts/1/url").asText()).isEqualTo(url);
        assertThat(ada.get("/api/v1/files").json().get("items")).hasSize(1);
    }

    @Test
    void refusesWhatIsNotWhatItSays() {
        var wrong = TestFiles.dataUrl("image/jpeg", TestFiles.PNG);
        assertThat(send(message("one", "?", wrong)).expect(400).pointers()).containsExactly("/message/parts/1/url");
        assertThat(send(message("one", "?", "https://example.com/a.png"))
                        .expect(400)
                        .pointers())
                .containsExactly("/message/parts/1/url");
        assertThat(send(message("one", "?", IMAGE).put("model", "blind"))
                        .expect(400)
                        .pointers())
                .containsExactly("/message/parts");
        assertThat(ada.get("/api/v1/files").json().get("items")).isEmpty();
        ada.get("/api/v1/conversations/" + conversation).expect(404);
    }

    @Test
    void refusesOtherUsersFiles() {
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();
        var hers = TestFiles.upload(grace, "diary.txt", "Dear diary".getBytes(UTF_8));

        send(message("one", "?", "/api/v1/files/" + hers + "/content")).expect(403);
    }

    private ApiResponse send(ObjectNode body) {
        return ada.post(CHAT, body.put("id", conversation).toString());
    }

    private static ObjectNode message(String id, String text, String url) {
        var body = Json.object();
        var message = body.putObject("message").put("id", id).put("role", "user");
        var parts = message.putArray("parts");
        parts.addObject().put("type", "text").put("text", text);
        parts.addObject()
                .put("type", "file")
                .put("mediaType", "image/png")
                .put("filename", "dot.png")
                .put("url", url);
        return body;
    }

    private JsonNode history() {
        return ada.get(CHAT + "/" + conversation + "/messages")
                .expect(200)
                .json()
                .get("items");
    }

    /** The URL of the image that the model was sent last. */
    private static String asked() {
        var messages = Answers.of(host.model.next()).body().getJsonArray("messages");
        return messages.getJsonObject(messages.size() - 1)
                .getJsonArray("content")
                .getJsonObject(1)
                .getJsonObject("image_url")
                .getString("url");
    }
}
