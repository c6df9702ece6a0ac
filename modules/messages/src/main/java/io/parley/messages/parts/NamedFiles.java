package io.parley.messages.parts;

import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files that the parts of a new message name, and that its user must have. */
public final class NamedFiles {
    private final Bus bus;

    public NamedFiles(Bus bus) {
        this.bus = bus;
    }

    /** The same request with name, type and size of each file. Fails as {@link Files#FIND} does. */
    public Future<Messages.Post> complete(Messages.Post post) {
        var draft = post.draft();
        var parts = draft.parts();
        return parts == null || !MessagePart.haveFile(parts)
                ? Future.succeededFuture(post)
                : find(post.caller(), parts).map(files -> post.with(complete(draft, parts, files)));
    }

    private Future<Map<UUID, StoredFile>> find(Caller caller, List<MessagePart> parts) {
        var wanted = parts.stream()
                .filter(MessagePart::namesFile)
                .map(MessagePart::requireFileId)
                .distinct()
                .map(id -> bus.ask(Files.FIND, new Files.Find(caller, id)))
                .toList();
        return Future.all(wanted)
                .map(found -> found.<StoredFile>list().stream()
                        .collect(Collectors.toMap(StoredFile::id, Function.identity())));
    }

    private static MessageDraft complete(MessageDraft draft, List<MessagePart> parts, Map<UUID, StoredFile> files) {
        return draft.with(parts.stream().map(part -> complete(part, files)).toList());
    }

    private static MessagePart complete(MessagePart part, Map<UUID, StoredFile> files) {
        var file = part.namesFile() ? files.get(part.requireFileId()) : null;
        return file == null ? part : MessagePart.file(file);
    }
}
