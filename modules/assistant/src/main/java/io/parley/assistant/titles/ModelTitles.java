package io.parley.assistant.titles;

import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.Prompt.Line;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Replaces the first line as the title of a conversation by a title from a model, after the first completed turn. Nobody waits for
 * it: what fails is left as it is.
 */
public final class ModelTitles {
    private static final int MAX_EXCERPT = 2000;
    // Messages that are stored meanwhile make new versions of the conversation.
    private static final int ATTEMPTS = 3;

    private final Bus bus;

    public ModelTitles(Bus bus) {
        this.bus = bus;
    }

    /**
     * Has no effect unless this was the first answer of the conversation, and the title is still the first line.
     *
     * @param history what the model was sent before it answered
     */
    public Future<Void> improve(
            Caller caller, ModelChoice choice, UUID conversation, List<HistoryMessage> history, Message answer) {
        var text = answer.content();
        if (choice.provider() == null || text == null || hasAnswer(history)) return Future.succeededFuture();
        return find(caller, conversation)
                .compose(found -> titledBy(found, history)
                        .map(question -> improve(caller, choice, found, question, text))
                        .orElseGet(Future::succeededFuture))
                .otherwiseEmpty();
    }

    private Future<Void> improve(
            Caller caller, ModelChoice choice, Conversation conversation, String question, String answer) {
        var old = FirstLineTitle.of(question);
        return title(choice, question, answer)
                .compose(title -> title.isEmpty()
                        ? Future.succeededFuture()
                        : replace(caller, conversation.id(), old, title, ATTEMPTS));
    }

    /** The user's message whose first line is the title. */
    private static Optional<String> titledBy(Conversation conversation, List<HistoryMessage> history) {
        return history.stream()
                .map(HistoryMessage::message)
                .filter(message -> message.role() == Role.USER)
                .flatMap(message -> Stream.ofNullable(message.content()))
                .filter(content -> FirstLineTitle.of(content).equals(conversation.title()))
                .findFirst();
    }

    // An answer that was broken off belongs to a turn that did not complete, and one without a model to no turn.
    private static boolean hasAnswer(List<HistoryMessage> history) {
        return history.stream()
                .map(HistoryMessage::message)
                .anyMatch(message -> message.role() == Role.ASSISTANT
                        && message.model() != null
                        && message.toolCalls() == null
                        && !message.metadata().text().contains("\"incomplete\""));
    }

    private Future<Conversation> find(Caller caller, UUID conversation) {
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, conversation));
    }

    private static Future<String> title(ModelChoice choice, String question, String answer) {
        var request = """
            Write a title for the conversation that begins as follows: in its language, on one line, of at most 60 characters, \
            without quotes. Answer with the title alone.

            User: %s

            Assistant: %s""".formatted(excerpt(question), excerpt(answer));
        var prompt = new Prompt(choice.model(), List.of(Line.text(Role.USER, request)), List.of(), ZoneOffset.UTC);
        return choice.languageModel()
                .generate(prompt, piece -> {})
                .reply()
                .map(reply -> TitleText.cleaned(reply.text()));
    }

    private static String excerpt(String text) {
        return text.codePointCount(0, text.length()) <= MAX_EXCERPT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_EXCERPT));
    }

    private Future<Void> replace(Caller caller, UUID conversation, String old, String title, int attempts) {
        return find(caller, conversation).compose(found -> {
            if (!old.equals(found.title())) return Future.succeededFuture();
            var patch = new ConversationPatch(Patch.to(title), Patch.absent(), Patch.absent());
            return bus.ask(
                            Conversations.UPDATE,
                            new Conversations.Update(caller, conversation, Versions.of(found.updatedAt()), patch))
                    .<Void>mapEmpty()
                    .recover(failure -> attempts > 1
                            ? replace(caller, conversation, old, title, attempts - 1)
                            : Future.failedFuture(failure));
        });
    }
}
