package io.parley.messages;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.parley.contracts.messages.ImportedMessages;
import io.parley.contracts.messages.ImportedMessages.ImportedMessage;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.testing.Answers;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An import of a conversation that is known, which moves the new messages into it. */
class RepeatedMessageImportsTest extends ImportedTripPlan {
    RepeatedMessageImportsTest(Bus bus) {
        super(bus);
    }

    @Test
    void movesNewMessagesToTheConversationThatIsKnown() {
        var known = past(Ids.next(), 0, draft("known", null));
        Answers.of(take(ada, known));
        publish();
        var hidden = hidden();
        var added = past(Ids.next(), 1, draft("added", known.id()));
        Answers.of(
                bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(ada, hidden, adasTripPlan, List.of(added))));
        assertThat(messages()).extracting(Message::content).containsExactly("known");

        assertThat(problemOf(move(grace, hidden, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problemOf(move(ada, hidden, Ids.next())).kind()).isEqualTo(Kind.NOT_FOUND);
        Answers.of(move(ada, hidden, adasTripPlan));

        assertThat(messages())
                .extracting(Message::content, Message::parentId)
                .containsExactly(tuple("known", null), tuple("added", known.id()));
        assertThat(problemOf(move(ada, hidden, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void followsTheCurrentBranchOrTheOneOfTheDocumentWhenItGrows() {
        var question = past(Ids.next(), 0, draft("question", null));
        var answer = past(Ids.next(), 1, draft("answer", question.id()));
        Answers.of(take(ada, question, answer));
        publish();
        sample.run("UPDATE conversations SET current_leaf = '" + answer.id() + "' WHERE id = '" + adasTripPlan + "'");

        var next = past(Ids.next(), 2, draft("next", answer.id()));
        grow(null, next);
        assertThat(branch()).containsExactly("question", "answer", "next");

        var other = past(Ids.next(), 3, draft("other", question.id()));
        grow(null, other);
        assertThat(branch()).containsExactly("question", "answer", "next");

        var third = past(Ids.next(), 4, draft("third", question.id()));
        grow(third.id(), third, past(Ids.next(), 5, draft("below", third.id())));
        assertThat(branch()).containsExactly("question", "third", "below");
    }

    private void grow(UUID leaf, ImportedMessage... added) {
        var hidden = hidden();
        Answers.of(
                bus.ask(ImportedMessages.STORE, new ImportedMessages.Store(ada, hidden, adasTripPlan, List.of(added))));
        Answers.of(move(ada, hidden, adasTripPlan, leaf));
    }

    private List<String> branch() {
        return Answers.of(bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(ada, adasTripPlan, Which.CURRENT_BRANCH, SampleConversation.ALL)))
                .items()
                .stream()
                .map(Message::content)
                .toList();
    }

    @Test
    void movesNothingIfTheImportHasExpired() {
        var hidden = hidden();
        Answers.of(take(ada, hidden, past(Ids.next(), 1, draft("late", null))));
        publish();
        sample.run("UPDATE conversations SET purged_at = now() - interval '1 second' WHERE id = '" + hidden + "'");

        assertThat(problemOf(move(ada, hidden, adasTripPlan)).kind()).isEqualTo(Kind.CONFLICT);
    }

    private UUID hidden() {
        var id = Ids.next();
        sample.run("INSERT INTO conversations (id, user_id, deleted_at, purged_at) VALUES ('" + id + "', '"
                + ada.userId() + "', now() + interval '1 hour', now() + interval '1 hour')");
        return id;
    }

    private Future<?> move(Caller caller, UUID from, UUID to) {
        return move(caller, from, to, null);
    }

    private Future<?> move(Caller caller, UUID from, UUID to, UUID leaf) {
        return bus.ask(ImportedMessages.MOVE, new ImportedMessages.Move(caller, from, to, leaf));
    }
}
