package io.parley.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages.ImportedMessage;
import io.parley.contracts.tasks.Task.Status;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImporterTest {
    private static final Caller ada =
            new Caller(UUID.fromString("01900000-0000-7000-8000-00000000ada0"), Caller.Role.USER);
    private static final UUID TRIP = UUID.fromString("01900000-0000-7000-8001-000000000001");
    private static final UUID QUESTION = UUID.fromString("01900000-0000-7000-8001-000000000002");
    private static final UUID ANSWER = UUID.fromString("01900000-0000-7000-8001-000000000003");

    private static final String MESSAGE = "{\"role\":\"user\",\"content\":\"x\"}";

    private static final String EXPORTED = """
        {"type":"conversation","id":"%s","title":"Trip","description":"By train","metadata":{"a":1.10},\
        "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00.000001Z","messages":[\
        {"id":"%s","parent_id":null,"role":"user","content":"Where?","created_at":"2026-01-01T00:00:01Z"},\
        {"id":"%s","parent_id":"%s","role":"assistant","content":"There.","token_count":3,"model":"tern-1",\
        "created_at":"2026-01-01T00:00:02Z"}]}
        """.formatted(TRIP, QUESTION, ANSWER, QUESTION);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, Duration.ofSeconds(5));
    private final ModulesFake modules = new ModulesFake();

    @BeforeEach
    void answer() {
        modules.answer(bus).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void keepsAllFieldsOfAnExport() {
        assertThat(imported(EXPORTED)).isEqualTo(new ImportReport(1, List.of()));

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
    void givesMessagesNewIdsIfAnotherUserHasTheConversation() {
        modules.othersIds.add(TRIP);

        imported(EXPORTED);

        var trip = Ids.within(ada.userId(), TRIP);
        assertThat(modules.published.get(0).id()).isEqualTo(trip);
        assertThat(modules.messages)
                .extracting(ImportedMessage::id)
                .containsExactly(Ids.within(trip, QUESTION), Ids.within(trip, ANSWER));
        assertThat(modules.messages.get(1).draft().parentId()).isEqualTo(Ids.within(trip, QUESTION));
    }

    @Test
    void givesMessagesTheSameIdsInEachAttemptIfTheConversationHasNoId() {
        imported("{\"messages\":[{\"id\":\"%s\",\"role\":\"user\",\"content\":\"x\"}]}".formatted(QUESTION));

        assertThat(modules.messages)
                .extracting(ImportedMessage::id)
                .containsExactly(Ids.within(ada.userId(), QUESTION));
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
                .contains("\"name\":\"ada\"", "\"content_parts\":[", "image_url");
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
    void importsTheTreeOfAChatGptExport() {
        var report = imported("""
            [{"title":"Cats","create_time":1700000000.5,"update_time":1700000100,"conversation_id":"%s","current_node":"c",
              "mapping":{
                "c":{"id":"c","parent":"b","children":[],"message":{"author":{"role":"assistant"},"create_time":1700000003,
                     "content":{"content_type":"text","parts":["Meow."]},"metadata":{"model_slug":"gpt-4o"},"recipient":"all"}},
                "root":{"id":"root","message":null,"parent":null,"children":["a"]},
                "a":{"id":"a","parent":"root","children":["b","b2"],"message":{"author":{"role":"system"},"create_time":null,
                     "content":{"content_type":"text","parts":[""]}}},
                "b":{"id":"b","parent":"a","children":["c"],"message":{"author":{"role":"user"},"create_time":1700000001.25,
                     "content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer"},"What says it?"]}}},
                "b2":{"id":"b2","parent":"a","children":["d"],"message":{"author":{"role":"user"},"create_time":1700000002,
                     "content":{"content_type":"text","parts":["Asked otherwise"]}}},
                "d":{"id":"d","parent":"b2","children":[],"message":{"author":{"role":"tool","name":"python"},"create_time":1,
                     "content":{"content_type":"execution_output","text":"42"}}}}},
             {"title":"Broken","mapping":7}]
            """.formatted(TRIP));

        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.failed()).containsExactly(new FailedLine(2, "/mapping must be of type object"));
        assertThat(modules.published.get(0).id()).isEqualTo(TRIP);
        assertThat(modules.published.get(0).createdAt()).isEqualTo("2023-11-14T22:13:20.500Z");
        assertThat(modules.contents()).containsExactly("What says it?", "Asked otherwise", "42", "Meow.");
        assertThat(modules.messages.get(0).createdAt()).isEqualTo("2023-11-14T22:13:21.250Z");
        assertThat(modules.messages.get(0).draft().metadata().text()).contains("image_asset_pointer");
        assertThat(modules.messages.get(2).draft().toolResults()).isEqualTo(new Json("[{\"name\":\"python\"}]"));
        assertThat(modules.messages.get(3).draft().model()).isEqualTo("gpt-4o");
        var ids = modules.messages.stream().map(ImportedMessage::id).toList();
        assertThat(modules.messages)
                .extracting(message -> message.draft().parentId())
                .containsExactly(null, null, ids.get(1), ids.get(0));
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
                "{'title':7} | /title has an invalid value",
                "{'metadata':[]} | /metadata must be of type object",
                "{'type':'poem'} | /type must be one of conversation, task",
                "{'type':'task'} | /title is required",
                "{'type':'task','title':'x','colour':'red'} | /colour is not a recognised field",
                "{'type':'task','title':'x','messages':[{'role':'user','content':'x'}]} | /messages is not a recognised field of a task"
            })
    void refusesTheWholeLineForOneFault(String line, String detail) {
        var report = imported(line.replace('\'', '"') + "\n{}\n");

        assertThat(report).isEqualTo(new ImportReport(1, List.of(new FailedLine(1, detail))));
        assertThat(modules.messages).isEmpty();
    }

    @Test
    void removesTheStoredPartOfALineThatFailsLater() {
        var line = "{\"id\":\"" + TRIP + "\",\"messages\":[" + "{\"role\":\"user\",\"content\":\"x\"},".repeat(300)
                + "{\"role\":\"user\"}]}\n{}";

        var report = imported(line);

        assertThat(report.failed()).extracting(FailedLine::line).containsExactly(1);
        assertThat(modules.dropped).containsExactly(TRIP);
        assertThat(report.imported()).isEqualTo(1);
    }

    @Test
    void removesTheStoredPartIfAModuleFailsOrTheDocumentBreaksOff() {
        modules.messagesFailWith = Problem.unavailable();
        assertThat(imported(EXPORTED).failed())
                .containsExactly(new FailedLine(1, "The service is temporarily unavailable. Try again later."));
        assertThat(modules.dropped).containsExactly(TRIP);

        modules.messagesFailWith = null;
        var importer = new Importer(bus, ada);
        var cutOff = "{\"id\":\"" + ANSWER + "\",\"messages\":[" + "{\"role\":\"user\",\"content\":\"x\"},".repeat(300);
        importer.take(Buffer.buffer(cutOff)).await();
        importer.abandon().await();
        assertThat(modules.dropped).containsExactly(TRIP, ANSWER);
    }

    @Test
    void countsALineWhosePublicationReplyWasLost() {
        modules.publishFailsWith = Problem.timeout();

        assertThat(imported(EXPORTED)).isEqualTo(new ImportReport(1, List.of()));
    }

    @Test
    void failsIfTheAccountWasDeleted() {
        modules.messagesFailWith = Problem.unauthenticated("The account is gone.");

        assertThatThrownBy(() -> imported(EXPORTED + EXPORTED)).hasMessage("The account is gone.");
    }

    @Test
    void stopsAfterTooManyInvalidLines() {
        var report = imported("x\n".repeat(5000) + "{}\n");

        assertThat(report.imported()).isZero();
        assertThat(report.failed()).hasSize(Importer.MAX_FAILED_LINES + 1);
        assertThat(report.failed().get(Importer.MAX_FAILED_LINES).detail()).startsWith("too many lines failed");
    }

    @Test
    void createsNoDuplicatesForTheSameNamespace() {
        var document = "{\"title\":\"one\",\"id\":\"chat-7\"}\n{\"type\":\"task\",\"title\":\"two\"}\n" + EXPORTED
                + "{\"messages\":[" + (MESSAGE + ",").repeat(300) + MESSAGE + "]}\n";
        var namespace = Optional.of(Ids.next());

        assertThat(imported(document, namespace)).isEqualTo(new ImportReport(4, List.of()));
        modules.refuseKnownIds();
        assertThat(imported(document, namespace).imported()).isEqualTo(3);

        assertThat(modules.published).hasSize(3);
        assertThat(modules.tasks).hasSize(1);
        assertThat(modules.published.get(0).draft().metadata().text()).isEqualTo("{\"id\":\"chat-7\"}");
        assertThat(imported(document, Optional.of(Ids.next())).imported()).isEqualTo(3);
        assertThat(modules.published).hasSize(5);
    }

    private ImportReport imported(String document) {
        return imported(document, Optional.empty());
    }

    private ImportReport imported(String document, Optional<UUID> namespace) {
        var importer = new Importer(bus, ada, namespace);
        importer.take(Buffer.buffer(document)).await();
        return importer.finish().await();
    }
}
