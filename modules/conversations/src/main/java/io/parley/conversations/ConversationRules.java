package io.parley.conversations;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.storage.sealing.EncryptionChoice;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The rule of conversations: when a model is set, the user can use it. It may disappear later, and need not be there in imports. */
final class ConversationRules {
    private final Bus bus;
    private final ConversationStore store;
    private final EncryptionChoice encryption;

    ConversationRules(Bus bus, ConversationStore store, EncryptionChoice encryption) {
        this.bus = bus;
        this.store = store;
        this.encryption = encryption;
    }

    Future<Conversation> create(Conversations.Create command) {
        var draft = command.draft();
        return checkModel(command.caller(), draft.provider(), draft.model())
                .compose(usable -> encryption.of(command.caller(), draft.encrypted()))
                .compose(encrypted -> store.insert(command, encrypted));
    }

    Future<Conversation> update(Conversations.Update command) {
        var provider = command.patch().provider();
        var model = command.patch().model();
        boolean setsNone = provider.value() == null && model.value() == null;
        return setsNone ? store.update(command) : checkModel(command).compose(usable -> store.update(command));
    }

    // Reads the conversation also if the patch has both, so that another user's is refused for that and not for the
    // model.
    private Future<None> checkModel(Conversations.Update command) {
        var patch = command.patch();
        return store.find(new Conversations.Find(command.caller(), command.id()))
                .compose(stored -> checkModel(
                        command.caller(),
                        patch.provider().orElse(stored.provider()),
                        patch.model().orElse(stored.model())));
    }

    private Future<None> checkModel(Caller caller, @Nullable String provider, @Nullable String model) {
        return provider == null && model == null
                ? Future.succeededFuture(None.NONE)
                : bus.ask(Chat.CHECK_MODEL, new Chat.CheckModel(caller, provider, model, ""));
    }
}
