package io.parley.transfer;

import static io.parley.transfer.ImportFixture.ADA;
import static io.parley.transfer.ImportFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a document that was imported before, or of which a part was. */
class RepeatedImportTest {
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

    private final ImportFixture fixture = new ImportFixture();
    private final ModulesFake modules = fixture.modules;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void givesMessagesNewIdsIfAFailedImportHasTheConversation() {
        modules.leftovers.add(TRIP);

        imported(EXPORTED);

        var trip = Ids.within(ADA.userId(), TRIP);
        assertThat(modules.published.get(0).id()).isEqualTo(trip);
        assertThat(modules.messages)
                .extracting(ImportedMessage::id)
                .containsExactly(Ids.within(trip, QUESTION), Ids.within(trip, ANSWER));
        assertThat(modules.messages.get(1).draft().parentId()).isEqualTo(Ids.within(trip, QUESTION));
        assertThat(imported(EXPORTED)).isEqualTo(report(0, 0, 1));
    }

    @Test
    void keepsMessagesApartWhoseIdsAnotherConversationHas() {
        var copy =
                EXPORTED.replace(TRIP.toString(), UUID.randomUUID().toString()).replace("There.", "Here.");

        imported(EXPORTED);
        assertThat(imported(copy)).isEqualTo(report(1, 0, 0));

        assertThat(modules.contents()).containsExactly("Where?", "There.", "Where?", "Here.");
        assertThat(modules.messages).extracting(ImportedMessage::id).doesNotHaveDuplicates();
        assertThat(modules.branchTo("Here.")).containsExactly("Where?", "Here.");
        assertThat(imported(copy)).isEqualTo(report(0, 0, 1));
    }

    @Test
    void keepsBothOfTwoMessagesWithOneId() {
        var line =
                "{\"id\":\"%s\",\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":\"a\"},{\"id\":\"1\",\"role\":\"user\",\"content\":\"b\"}]}"
                        .formatted(TRIP);

        imported(line);

        assertThat(modules.branchTo("b")).containsExactly("a", "b");
        assertThat(imported(line)).isEqualTo(report(0, 0, 1));
    }

    @Test
    void addsWhatIsNewToAConversationOfWhichOnlyTheFirstMessageHasAnId() {
        var first = "{\"messages\":[{\"id\":\"%s\",\"role\":\"user\",\"content\":\"x\"}%s]}";

        imported(first.formatted(QUESTION, ""));

        assertThat(imported(first.formatted(QUESTION, "," + MESSAGE))).isEqualTo(report(0, 1, 0));
        assertThat(modules.published).hasSize(1);
        assertThat(modules.messages.get(0).id()).isEqualTo(QUESTION);
        assertThat(modules.messages).hasSize(2);
    }

    @Test
    void addsNewMessagesOfAKnownConversationAtOnce() {
        imported(EXPORTED);
        var grown = EXPORTED.replace(
                "\"created_at\":\"2026-01-01T00:00:02Z\"}",
                "\"created_at\":\"2026-01-01T00:00:02Z\"},{\"role\":\"user\",\"content\":\"And then?\",\"created_at\":\"2026-02-01T00:00:00Z\"}");

        assertThat(imported(grown)).isEqualTo(report(0, 1, 0));
        assertThat(imported(grown)).isEqualTo(report(0, 0, 1));

        assertThat(modules.published).hasSize(1);
        assertThat(modules.grown).hasSize(1);
        assertThat(modules.grown.get(0).newestMessage()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(modules.contents()).containsExactly("Where?", "There.", "And then?");
        assertThat(modules.conversations.values()).containsOnly(TRIP);
        assertThat(modules.branchTo("And then?")).containsExactly("Where?", "There.", "And then?");
    }

    @Test
    void notesThatAKnownConversationIsInTheTrash() {
        imported(EXPORTED);
        modules.inTrash.add(TRIP);

        var report = imported(EXPORTED);

        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(report.notes()).containsExactly(new LineRemark(1, null, "the conversation is in the trash"));
    }

    @Test
    void countsAnUpdateWhoseReplyWasLost() {
        imported("{\"id\":\"%s\",\"messages\":[%s]}".formatted(TRIP, MESSAGE));
        modules.moveFailsWith = Problem.timeout();

        assertThat(imported("{\"id\":\"%s\",\"messages\":[%s,%s]}".formatted(TRIP, MESSAGE, MESSAGE)))
                .isEqualTo(report(0, 1, 0));
    }

    @Test
    void keepsConversationsWithTheSameShortIdApart() {
        var line = "{\"id\":\"7\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}\n";

        assertThat(imported(line.formatted("x") + line.formatted("y"))).isEqualTo(report(2, 0, 0));
        assertThat(imported(line.formatted("x"))).isEqualTo(report(0, 0, 1));
        assertThat(modules.published.get(0).draft().metadata()).isEqualTo(new Json("{\"id\":\"7\"}"));
    }

    @Test
    void createsNoDuplicatesForTheSameNamespace() {
        var document = "{\"title\":\"one\",\"messages\":[]}\n{\"type\":\"task\",\"title\":\"two\"}\n" + EXPORTED
                + "{\"messages\":[" + (MESSAGE + ",").repeat(300) + MESSAGE + "]}\n";
        var namespace = Optional.of(Ids.next());

        assertThat(fixture.imported(document, namespace)).isEqualTo(report(4, 0, 0));
        assertThat(fixture.imported(document, namespace)).isEqualTo(report(0, 0, 4));

        assertThat(modules.published).hasSize(3);
        assertThat(modules.tasks).hasSize(1);
        assertThat(fixture.imported(document, Optional.of(Ids.next()))).isEqualTo(report(3, 0, 1));
        assertThat(modules.published).hasSize(5);
    }

    private ImportReport imported(String document) {
        return fixture.imported(document);
    }
}
