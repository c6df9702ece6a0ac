package io.parley.transfer;

import static io.parley.transfer.ImportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.tasks.Task.Status;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImporterTest {
    private static final UUID TRIP = UUID.fromString("01900000-0000-7000-8001-000000000001");
    private static final UUID QUESTION = UUID.fromString("01900000-0000-7000-8001-000000000002");
    private static final UUID ANSWER = UUID.fromString("01900000-0000-7000-8001-000000000003");

    private static final String NOTHING = "{\"messages\":[]}";
    private static final String MESSAGE = "{\"role\":\"user\",\"content\":\"x\"}";

    private static final String EXPORTED = """
        {"type":"conversation","id":"%s","title":"Trip","description":"By train","metadata":{"a":1.10},\
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00.000001Z","messages":[\
        {"id":"%s","parent_id":null,"role":"user","content":"Where?","created_at":"2026-01-01T00:00:01Z"},\
        {"id":"%s","parent_id":"%s","role":"assistant","content":"There.","token_count":3,"model":"tern-1",\
        "created_at":"2026-01-01T00:00:02Z"}]}
        """.formatted(TRIP, QUESTION, ANSWER, QUESTION);

    private final ImportFixture fixture = new ImportFixture();
    private final ModulesFake modules = fixture.modules;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keepsAllFieldsOfAnExport() {
        assertThat(imported(EXPORTED)).isEqualTo(report(1, 0, 0));

        var trip = modules.published.get(0);
        assertThat(trip.id()).isEqualTo(TRIP);
        assertThat(trip.draft().title()).isEqualTo("Trip");
        assertThat(trip.draft().description()).isEqualTo("By train");
        assertThat(trip.draft().metadata()).isEqualTo(new Json("{\"a\":1.10}"));
        assertThat(trip.createdAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(trip.updatedAt()).isEqualTo("2026-01-02T00:00:00.000001Z");
        assertThat(modules.messages).extracting(ImportedMessage::id).containsExactly(QUESTION, ANSWER);
        assertThat(modules.messages.get(1).draft().parentId()).isEqualTo(QUESTION);
        assertThat(modules.messages.get(1).draft().tokenCount()).isEqualTo(3);
        assertThat(modules.messages.get(1).createdAt()).isEqualTo("2026-01-01T00:00:02Z");
    }

    @Test
    void linksMessagesWithoutParentsToThoseBeforeThem() {
        imported("{\"messages\":[%s]}"
                .formatted(IntStream.range(0, 450)
                        .mapToObj(n -> "{\"role\":\"user\",\"content\":\"" + n + "\"}")
                        .collect(Collectors.joining(","))));

        assertThat(modules.branchTo("449")).hasSize(450);
    }

    @Test
    void keepsSeveralBeginningsOfAnExportThatNamesEveryParent() {
        imported("""
            {"id":"%s","current_leaf":"%s","messages":[\
            {"id":"%s","parent_id":null,"role":"user","content":"a"},\
            {"id":"%s","parent_id":null,"role":"user","content":"b"}]}
            """.formatted(TRIP, QUESTION, QUESTION, ANSWER));

        assertThat(modules.branchTo("b")).containsExactly("b");
        assertThat(modules.published.get(0).settings().currentLeaf()).isEqualTo(QUESTION);
    }

    @Test
    void givesMessagesWithoutATimeThatOfTheirNeighbours() {
        imported("{\"messages\":[%s,{\"role\":\"user\",\"content\":\"b\",\"created_at\":\"2020-01-01T00:00:00Z\"},%s]}"
                .formatted(MESSAGE, MESSAGE));

        assertThat(modules.messages)
                .extracting(message -> message.createdAt().toString())
                .containsExactly("2019-12-31T23:59:59.999999Z", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00.000001Z");
    }

    @Test
    void cutsWhatIsTooLongAndLeavesOutWhatIsTooLargeAndNotesIt() {
        var report = imported("""
            {"title":"%s","instructions":"%s","metadata":{"small":1,"large":"%s"},"messages":[\
            {"role":"user","content":"%s"},{"role":"user","content":""},\
            {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"%s"}}]}]}
            """.formatted(
                "t".repeat(300), "i".repeat(20_001), "l".repeat(70_000), "c".repeat(200_001), "a".repeat(70_000)));

        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.notes())
                .extracting(LineRemark::detail)
                .containsExactlyInAnyOrder(
                        "title was cut to 255 characters",
                        "instructions was cut to 20000 characters",
                        "content was cut to 200000 characters",
                        "metadata that is too large was left out",
                        "a message without text was left out",
                        "what was too large of a tool call or its result was left out");
        var stored = modules.published.get(0);
        assertThat(stored.draft().title()).hasSize(255);
        assertThat(stored.settings().instructions()).hasSize(20_000);
        assertThat(stored.draft().metadata()).isEqualTo(new Json("{\"small\":1}"));
        assertThat(modules.messages).hasSize(2);
        assertThat(modules.messages.get(1).draft().toolCalls())
                .isEqualTo(new Json(
                        "[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"));
    }

    @Test
    void replacesCharactersThatCannotBeStored() {
        var report = imported("{\"title\":\"a\\u0000b\",\"messages\":[{\"role\":\"user\",\"content\":\"x\\ud800y\"}]}");

        assertThat(report.notes())
                .containsExactly(
                        new LineRemark(1, null, "characters that cannot be stored were replaced by U+FFFD (2 times)"));
        assertThat(modules.published.get(0).draft().title()).isEqualTo("a\uFFFDb");
        assertThat(modules.contents()).containsExactly("x\uFFFDy");
    }

    @Test
    void keepsReasoningAndFeedbackOfAnExport() {
        imported("""
            {"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y","reasoning":"hm",\
            "feedback":{"rating":"up","comment":"good"}}]}
            """);

        assertThat(modules.message("y").reasoning()).isEqualTo("hm");
        assertThat(modules.message("y").feedback()).isEqualTo(new Feedback(Rating.UP, "good"));
    }

    @Test
    void importsTheFormOfTheChatApi() {
        imported("""
            {"messages":[{"role":"developer","content":"Be kind."},\
            {"role":"user","name":"ada","content":[{"type":"text","text":"What is"},{"type":"text","text":"this?"},\
            {"type":"image_url","image_url":{"url":"x"}}]},\
            {"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"c1","type":"function"}]},\
            {"role":"tool","tool_call_id":"c1","name":"look","content":"a cat"}],"parallel_tool_calls":true}
            """);

        assertThat(modules.contents()).containsExactly("Be kind.", "What is\nthis?", "null", "a cat");
        assertThat(modules.messages)
                .extracting(message -> message.draft().role())
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(modules.messages.get(1).draft().metadata().text())
                .isEqualTo("{\"name\":\"ada\",\"attachments\":[{\"name\":\"x\",\"type\":\"image_url\"}]}");
        assertThat(modules.messages.get(2).draft().metadata()).isEqualTo(Json.EMPTY_OBJECT);
        assertThat(modules.messages.get(3).draft().toolResults())
                .isEqualTo(new Json("[{\"tool_call_id\":\"c1\",\"name\":\"look\"}]"));
        assertThat(modules.published.get(0).draft().metadata()).isEqualTo(new Json("{\"parallel_tool_calls\":true}"));
    }

    @Test
    void keepsTheOrderOfMessagesWithoutTimes() {
        imported("{\"messages\":[%s]}"
                .formatted(IntStream.range(0, 500)
                        .mapToObj(n -> "{\"role\":\"user\",\"content\":\"" + n + "\"}")
                        .collect(Collectors.joining(","))));

        assertThat(modules.batches).containsExactly(200, 200, 100);
        assertThat(modules.contents())
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(String::valueOf).toList());
        Instant before = Instant.MIN;
        for (var message : modules.messages) {
            assertThat(message.createdAt()).isAfter(before);
            before = message.createdAt();
        }
        assertThat(modules.published.get(0).updatedAt()).isEqualTo(before);
    }

    @Test
    void importsTasks() {
        imported("""
            {"type":"task","id":"%s","conversation_id":"%s","title":"Book","status":"completed","priority":"high",\
            "completed_at":"2026-01-03T00:00:00Z","created_at":"2026-01-02T00:00:00Z","updated_at":"2026-01-03T00:00:00Z"}
            """.formatted(QUESTION, TRIP));

        var task = modules.tasks.get(0);
        assertThat(task.id()).isEqualTo(QUESTION);
        assertThat(task.draft().conversationId()).isEqualTo(TRIP);
        assertThat(task.draft().status()).isEqualTo(Status.COMPLETED);
        assertThat(task.completedAt()).isEqualTo("2026-01-03T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{'role':'user','content':'x'},{'role':'king'}]} | /messages/1/role has an invalid value",
                "{'messages':[{'role':'user','content':7}]} | /messages/0/content has an invalid value",
                "{'messages':[{'role':'user','content':'x','token_count':1.5}]} | /messages/0/token_count has an invalid value",
                "{'messages':[{'role':'user','content':'x','tool_calls':{}}]} | /messages/0/tool_calls must be of type array",
                "{'messages':[{'role':'user','content':'x','created_at':'yesterday'}]} | /messages/0/created_at must be an RFC 3339 time with an offset and at most 9 decimals, in the years 0001 to 9999 in UTC",
                "{'messages':[{'content':'x'}]} | /messages/0/role is required",
                "{'messages':['x']} | /messages/0 must be of type object",
                "{'messages':[{'role':'user','content':'x','tool_calls':[]}]} | /messages/0/tool_calls is for assistant messages only",
                "{'messages':[{'role':'user','content':'x','tool_results':[]}]} | /messages/0/tool_results is for tool messages only",
                "{'messages':[{'isCreatedByUser':true,'text':'x'}]} | is not a conversation in a format that is known here, nor a task",
                "{'title':7,'messages':[]} | /title has an invalid value",
                "{'metadata':[],'messages':[]} | /metadata must be of type object",
                "{'mapping':7} | /mapping must be of type object",
                "{'mapping':{}} | is a conversation in which nobody says anything",
                "{'mapping':{'a':{'message':{'author':{'role':'king'},'content':{'parts':['x']}}}}} | /mapping/a/message/author/role is not a known role",
                "{'chat_messages':[{'sender':'pope','text':'x'}]} | /chat_messages/0/sender is not a known role",
                "{'conversations':[{'from':'queen','value':'x'}]} | /conversations/0/from is not a known role",
                "{} | is not a conversation in a format that is known here, nor a task",
                "{'title':'x'} | is not a conversation in a format that is known here, nor a task",
                "{'prompt':'a','completion':'b'} | is not a conversation in a format that is known here, nor a task",
                "{'type':'poem'} | /type must be one of conversation, task, file",
                "{'type':'task'} | /title is required",
                "{'type':'task','title':'x','colour':'red'} | /colour is not a recognised field",
                "{'type':'task','title':'x','messages':[{'role':'user','content':'x'}]} | /messages is not a recognised field of a task"
            })
    void refusesTheWholeLineForOneFault(String line, String detail) {
        var report = imported(line.replace('\'', '"') + "\n" + NOTHING + "\n");

        assertThat(report).isEqualTo(new ImportReport(1, 0, 0, List.of(new LineRemark(1, null, detail)), List.of()));
        assertThat(modules.messages).isEmpty();
    }

    @Test
    void removesTheStoredPartOfALineThatFailsLater() {
        var line = "{\"id\":\"" + TRIP + "\",\"messages\":[" + "{\"role\":\"user\",\"content\":\"x\"},".repeat(300)
                + "{\"role\":\"pope\"}]}\n" + NOTHING;

        var report = imported(line);

        assertThat(report.failed()).extracting(LineRemark::line).containsExactly(1);
        assertThat(modules.dropped).containsExactly(TRIP);
        assertThat(report.imported()).isEqualTo(1);
    }

    @Test
    void removesTheStoredPartIfAModuleFailsOrTheDocumentBreaksOff() {
        modules.messagesFailWith = Problem.unavailable();
        assertThat(imported(EXPORTED).failed())
                .containsExactly(new LineRemark(1, null, "The service is temporarily unavailable. Try again later."));
        assertThat(modules.dropped).containsExactly(TRIP);

        modules.messagesFailWith = null;
        var importer = fixture.importer(Optional.empty());
        var cutOff = "{\"id\":\"" + ANSWER + "\",\"messages\":[" + "{\"role\":\"user\",\"content\":\"x\"},".repeat(300);
        importer.take(Buffer.buffer(cutOff)).await();
        importer.abandon().await();
        assertThat(modules.dropped).containsExactly(TRIP, ANSWER);
    }

    @Test
    void countsALineWhosePublicationReplyWasLost() {
        modules.publishFailsWith = Problem.timeout();

        assertThat(imported(EXPORTED)).isEqualTo(report(1, 0, 0));
    }

    @Test
    void failsIfTheAccountWasDeleted() {
        modules.messagesFailWith = Problem.unauthenticated("The account is gone.");

        assertThatThrownBy(() -> imported(EXPORTED + EXPORTED)).hasMessage("The account is gone.");
    }

    @Test
    void stopsAfterTooManyInvalidLines() {
        var report = imported("x\n".repeat(5000) + NOTHING + "\n");

        assertThat(report.imported()).isZero();
        assertThat(report.failed()).hasSize(ReportBuilder.MAX_FAILED_LINES + 1);
        assertThat(report.failed().get(ReportBuilder.MAX_FAILED_LINES).detail()).startsWith("too many lines failed");
    }

    private ImportReport imported(String document) {
        return fixture.imported(document);
    }
}
