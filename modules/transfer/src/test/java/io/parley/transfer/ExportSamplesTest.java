package io.parley.transfer;

import static io.parley.transfer.ImportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.Message.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One export of each kind, as users have them. */
class ExportSamplesTest {
    private final ImportFixture fixture = new ImportFixture();
    private final ModulesFake modules = fixture.modules;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void branchesOfChatGpt() {
        assertThat(fixture.load("chatgpt-branches.json")).isEqualTo(report(1, 0, 0));

        assertThat(branch()).containsExactly("Which herbs like a dry bed?", "Thyme.");
        assertThat(modules.messages).hasSize(5);
        assertThat(modules.messages.stream().filter(each -> each.draft().parentId() == null))
                .extracting(ModulesFake::content)
                .containsExactly("Which herbs like shade?", "Which herbs like a dry bed?");
        assertThat(modules.branchTo("Sage.")).containsExactly("Which herbs like a dry bed?", "Sage.");
        assertThat(modules.message("Sage.").draft().model()).isEqualTo("o1");
        assertThat(modules.message("Thyme.").createdAt()).isEqualTo("2024-07-01T09:01:02.250Z");
        assertThat(modules.published.get(0).draft().title()).isEqualTo("Herbs");
        assertThat(modules.published.get(0).createdAt()).isEqualTo("2024-07-01T09:00:00Z");
    }

    @Test
    void chatGptWithoutTimesAndChildren() {
        assertThat(fixture.load("chatgpt-2026.json")).isEqualTo(report(1, 0, 0));

        assertThat(branch()).containsExactly("Name three rivers.", "Ebro, Oder, Po.");
        assertThat(modules.message("Ebro, Oder, Po.").draft().model()).isEqualTo("gpt-5-1");
        assertThat(modules.published.get(0).settings().model()).isEqualTo("gpt-5-1");
        assertThat(Duration.between(modules.published.get(0).createdAt(), Instant.now()))
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void ringsAndUnknownParentsOfChatGpt() {
        var report = fixture.load("chatgpt-odd.json");

        assertThat(report.notes())
                .containsExactly(new LineRemark(1, null, "characters that cannot be stored were replaced by U+FFFD"));
        assertThat(branch()).containsExactly("First", "Second \uFFFDend", "Third", "Fourth");
    }

    @Test
    void speechAndPicturesOfChatGpt() {
        fixture.load("chatgpt-voice.json");

        assertThat(branch()).containsExactly("How warm is the lake?", "Nineteen degrees.", "Is this it?");
        assertThat(metadata("How warm is the lake?").at("/attachments/0/name").asText())
                .isEqualTo("sediment://file_0a");
        assertThat(metadata("Is this it?").at("/attachments").findValuesAsText("name"))
                .containsExactly("lake.png");
    }

    @Test
    void instructionsThoughtsCanvasAndCitationsOfChatGpt() {
        fixture.load("chatgpt-tools.json");

        assertThat(modules.published.get(0).settings().instructions()).isEqualTo("I keep bees.\n\nBe brief.");
        assertThat(branch())
                .containsExactly(
                        "Plan the hive.",
                        "# Hive\nTwo frames.",
                        "Created.",
                        "Done. Bees fly at 12 °C. [Bees](https://bees.example/fly)");
        var document = modules.message("# Hive\nTwo frames.");
        assertThat(document.reasoning()).isEqualTo("Two frames first.");
        assertThat(metadata("# Hive\nTwo frames.").path("canvas").toString())
                .isEqualTo("{\"name\":\"hive-plan\",\"type\":\"document\"}");
        var call = json(document.draft().toolCalls().text()).path(0).path("id").asText();
        var result =
                json(modules.message("Created.").draft().toolResults().text()).path(0);
        assertThat(result.path("tool_call_id").asText()).isEqualTo(call);
        assertThat(result.path("name").asText()).isEqualTo("canmore.create_textdoc");
    }

    @Test
    void branchesToolsAndFilesOfClaude() {
        var report = fixture.load("claude.json");

        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.failed())
                .containsExactly(new LineRemark(2, null, "is a conversation in which nobody says anything"));
        assertThat(branch()).containsExactly("How long does it rise?", "Overnight.", "In the fridge?");
        assertThat(modules.branchTo("Two hours."))
                .containsExactly("How long does it rise?", "Let me look.", "two hours", "Two hours.");
        assertThat(modules.message("Let me look.").reasoning()).isEqualTo("Warm room?");
        assertThat(modules.message("Let me look.").draft().toolCalls().text())
                .contains("\"id\":\"toolu_1\"", "\"name\":\"web_search\"", "{\\\"query\\\":\\\"rise\\\"}");
        assertThat(modules.message("two hours").draft().toolResults().text())
                .isEqualTo("[{\"tool_call_id\":\"toolu_1\",\"name\":\"web_search\"}]");
        assertThat(metadata("How long does it rise?").at("/attachments/0/name").asText())
                .isEqualTo("recipe.txt");
        assertThat(metadata("In the fridge?").at("/attachments/0/name").asText())
                .isEqualTo("loaf.jpg");
        assertThat(modules.published.get(0).draft().title()).isEqualTo("Bread");
        assertThat(modules.published.get(0).draft().description()).isEqualTo("About a loaf.");
    }

    @Test
    void branchesReasoningAndRatingOfOpenWebUi() {
        fixture.load("open-webui.json");

        assertThat(branch()).containsExactly("Which knot holds?", "The bowline.");
        var answer = modules.message("The bowline.");
        assertThat(answer.reasoning()).isEqualTo("A bowline does.");
        assertThat(answer.feedback()).isEqualTo(new Feedback(Rating.UP, "right"));
        assertThat(answer.draft().model()).isEqualTo("qwen3:8b");
        assertThat(modules.branchTo("The clove hitch.")).hasSize(2);
        var settings = modules.published.get(0).settings();
        assertThat(settings.instructions()).isEqualTo("Answer in one line.");
        assertThat(settings.model()).isEqualTo("qwen3:8b");
        assertThat(metadata("Which knot holds?").at("/attachments/0/name").asText())
                .isEqualTo("rope.pdf");
    }

    @Test
    void nestedMessagesOfLibreChat() {
        fixture.load("librechat.json");

        assertThat(branch()).containsExactly("Which white?", "Linen");
        assertThat(metadata("Linen").path("status").asText()).isEqualTo("incomplete");
        assertThat(modules.branchTo("Chalk white.")).containsExactly("Which white?", "Chalk white.");
        assertThat(modules.message("Chalk white.").reasoning()).isEqualTo("Matt?");
        assertThat(modules.message("Chalk white.").draft().model()).isEqualTo("gpt-4.1");
        assertThat(metadata("Which white?").at("/attachments/0/name").asText()).isEqualTo("wall.jpg");
    }

    @Test
    void pairsOfShareGpt() {
        assertThat(fixture.load("sharegpt.jsonl")).isEqualTo(report(2, 0, 0));

        assertThat(modules.messages)
                .extracting(each -> each.draft().role(), ModulesFake::content)
                .containsExactly(
                        tuple(Role.SYSTEM, "Be kind."),
                        tuple(Role.USER, "Hello"),
                        tuple(Role.ASSISTANT, "Hi there."),
                        tuple(Role.USER, "Ping"),
                        tuple(Role.ASSISTANT, "Pong"));
        assertThat(fixture.load("sharegpt.jsonl")).isEqualTo(report(0, 0, 2));
    }

    @Test
    void linesOfOpenAi() {
        var report = fixture.load("openai.jsonl");

        assertThat(report.imported()).isEqualTo(2);
        assertThat(report.failed()).extracting(LineRemark::line).containsExactly(2);
        assertThat(report.notes()).containsExactly(new LineRemark(3, null, "title was cut to 255 characters"));
        assertThat(modules.branchTo("Nothing.")).containsExactly("Be short.", "Look", "null", "none", "Nothing.");
        assertThat(metadata("Look").at("/attachments/0/name").asText()).isEqualTo("https://img.example/a.png");
    }

    @Test
    void aConversationThatHasGrown() {
        assertThat(fixture.load("grown-1.json")).isEqualTo(report(1, 0, 0));
        assertThat(fixture.load("grown-2.json")).isEqualTo(report(0, 1, 0));
        assertThat(fixture.load("grown-2.json")).isEqualTo(report(0, 0, 1));

        assertThat(branch()).containsExactly("Day one", "Noted.", "Day two");
        assertThat(modules.published).hasSize(1);
    }

    @Test
    void anArchiveOfChatGpt() {
        var report = fixture.load("chatgpt.zip");

        assertThat(report.imported()).isEqualTo(2);
        assertThat(report.failed()).isEmpty();
        assertThat(report.notes())
                .containsExactlyInAnyOrder(
                        new LineRemark(null, "chat.html", "was not read: it is not JSON"),
                        new LineRemark(null, "file-Cat1-cat.png", "was not read: it is not JSON"),
                        new LineRemark(null, "user.json", "has no conversations"));
        assertThat(modules.contents()).containsExactly("One", "Two");
        assertThat(metadata("Two").at("/attachments/0/name").asText()).isEqualTo("file-service://file-Cat1");
        assertThat(fixture.load("chatgpt.zip").unchanged()).isEqualTo(2);
    }

    private List<String> branch() {
        return modules.branch(modules.published.get(0)).stream()
                .map(ModulesFake::content)
                .toList();
    }

    private JsonNode metadata(String content) {
        ImportedMessage message = modules.message(content);
        return json(message.draft().metadata().text());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }
}
