package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.parley.contracts.messages.Feedback;
import io.parley.contracts.messages.Feedback.Rating;
import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.ImportedMessages.TakenId;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem.Kind;
import io.parley.testing.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageImportsTest extends ImportedTripPlan {
    private static final List<MessagePart> PARTS = List.of(
            MessagePart.text("Which one?"),
            MessagePart.file(Ids.next(), "lake.png", "image/png", 12),
            MessagePart.text("This?"));

    MessageImportsTest(Bus bus) {
        super(bus);
    }

    @Test
    void keepsIdsTimesAndEveryField() {
        var call = new Json("[{\"id\": \"c1\"}]");
        var result = new Json("[{\"tool_call_id\": \"c1\"}]");
        var question =
                past(Ids.next(), 0, new MessageDraft(null, null, Role.USER, "Where?", null, null, null, null, null));
        var called = past(
                Ids.next(),
                1,
                new MessageDraft(
                        null, question.id(), Role.ASSISTANT, null, 7, "tern-1", call, null, new Json("{\"n\": 1.10}")));
        var answered =
                past(Ids.next(), 2, new MessageDraft(null, called.id(), Role.TOOL, "", null, null, null, result, null));

        var shown = past(
                Ids.next(),
                3,
                new MessageDraft(null, answered.id(), Role.USER, null, PARTS, null, null, null, null, null));

        Answers.of(take(ada, question, called, answered, shown));

        publish();
        assertThat(messages())
                .containsExactly(
                        message(question, Json.EMPTY_OBJECT),
                        message(called, new Json("{\"n\": 1.10}")),
                        message(answered, Json.EMPTY_OBJECT),
                        message(shown, Json.EMPTY_OBJECT));
    }

    @Test
    void attachesAMessageWithoutAParentToThePreviousOne() {
        var orphan = past(Ids.next(), 0, draft("orphan", Ids.next()));
        var first = past(Ids.next(), 1, draft("first", null));
        Answers.of(take(ada, orphan, first));

        Answers.of(take(ada, past(Ids.next(), 2, draft("reply", first.id()))));

        publish();
        assertThat(messages()).extracting(Message::parentId).containsExactly(null, orphan.id(), first.id());
    }

    @Test
    void storesAllOrNone() {
        var one = past(Ids.next(), 0, draft("one", null));
        Answers.of(take(ada, one));

        var problem = problemOf(take(ada, past(Ids.next(), 1, draft("two", null)), one));

        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        publish();
        assertThat(messages()).extracting(Message::content).containsExactly("one");
    }

    @Test
    void keepsAnIdThatAnotherUserHas() {
        var id = Ids.next();
        Answers.of(take(grace, gracesDiary, past(id, 0, draft("Dear diary", null))));

        var orphan = Ids.next();
        Answers.of(take(ada, past(orphan, 0, draft("orphan", id))));
        Answers.of(take(ada, past(id, 1, draft("Where to?", null)), past(Ids.next(), 2, draft("reply", id))));

        publish();
        assertThat(messages())
                .extracting(Message::content, Message::parentId)
                .containsExactly(tuple("orphan", null), tuple("Where to?", orphan), tuple("reply", id));
        assertThat(Answers.of(bus.ask(Messages.FIND, new Messages.Find(grace, id)))
                        .content())
                .isEqualTo("Dear diary");
    }

    @Test
    void refusesAPublishedConversationAndAnotherUsers() {
        assertThat(problemOf(take(grace, past(Ids.next(), 0, draft("forged", null))))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        publish();
        assertThat(problemOf(take(ada, past(Ids.next(), 0, draft("late", null))))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(sample.run("SELECT 1 FROM messages")).isZero();
    }

    @Test
    void keepsReasoningAndFeedbackOfAnAnswer() {
        var answer = new MessageDraft(null, null, Role.ASSISTANT, "Lisbon", null, null, null, null, null);
        var good = new Feedback(Rating.UP, "right");
        var rated = new ImportedMessage(Ids.next(), answer, "Sea?", good, true, LONG_AGO, LONG_AGO);
        var question = new ImportedMessage(
                Ids.next(),
                draft("Why?", rated.id()),
                null,
                good,
                false,
                LONG_AGO.plusSeconds(1),
                LONG_AGO.plusSeconds(1));
        Answers.of(take(ada, rated, question));

        assertThat(problemOf(take(ada, rated)).kind()).isEqualTo(Kind.CONFLICT);
        publish();
        assertThat(messages())
                .extracting(Message::reasoning, Message::feedback)
                .containsExactly(tuple("Sea?", good), tuple(null, null));
    }

    @Test
    void namesTheIdsThatAreTakenEvenByDeletedMessages() {
        var one = past(Ids.next(), 0, draft("one", null));
        var two = past(Ids.next(), 1, draft("two", null));
        Answers.of(take(ada, one, two));
        sample.run("UPDATE messages SET deleted_at = now() WHERE id = '" + two.id() + "'");
        var ids = List.of(two.id(), Ids.next(), one.id());

        assertThat(Answers.of(bus.ask(ImportedMessages.FIND, new ImportedMessages.Find(ada, ids)))
                        .ids())
                .containsExactlyInAnyOrder(new TakenId(one.id(), adasTripPlan), new TakenId(two.id(), adasTripPlan));
        assertThat(Answers.of(bus.ask(ImportedMessages.FIND, new ImportedMessages.Find(grace, ids)))
                        .ids())
                .isEmpty();
    }

    private static Message message(ImportedMessage past, Json metadata) {
        var draft = past.draft();
        return new Message(
                past.id(),
                adasTripPlan,
                ada.userId(),
                draft.parentId(),
                draft.role(),
                draft.content(),
                draft.parts(),
                past.reasoning(),
                draft.tokenCount(),
                draft.model(),
                draft.toolCalls(),
                draft.toolResults(),
                metadata,
                Siblings.ALONE,
                null,
                past.createdAt(),
                past.updatedAt(),
                null);
    }
}
