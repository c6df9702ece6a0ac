package io.parley.contracts.conversations;

import io.parley.contracts.Limits;
import io.parley.contracts.SortRequest;
import io.parley.contracts.SortedPage;
import io.parley.contracts.Tags;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the conversations module answers. A request that names a conversation fails not-found if there is no such
 * conversation or it is in the trash, and forbidden if it belongs to another user.
 */
public final class Conversations {
    /** Fails invalid if the caller cannot use the provider or the model. */
    public static final Address<Create, Conversation> CREATE = new Address<>("conversations.create");

    public static final Address<Find, Conversation> FIND = new Address<>("conversations.find");

    /** Those of {@link Origin#PERSON}, ordered by the last update or message; or the whole trash, ordered by deletion. */
    public static final Address<ListMine, Page<Conversation>> LIST = new Address<>("conversations.list");

    /** Sorted by a field. */
    public static final Address<ListSorted, SortedPage<Conversation>> LIST_SORTED =
            new Address<>("conversations.list-sorted");

    /**
     * Fails stale unless the conversation has one of the given versions, and invalid unless the current leaf is a live message of
     * the conversation, or if the caller cannot use the provider or the model. The leaf is stored as the newest live message at
     * or below the given one.
     */
    public static final Address<Update, Conversation> UPDATE = new Address<>("conversations.update");

    /** Moves the conversation to the trash, which hides its messages; fails stale unless it has one of the given versions. */
    public static final Address<Delete, None> DELETE = new Address<>("conversations.delete");

    /**
     * Restores the conversation from the trash, with its messages except those that were deleted themselves; has no effect if
     * it is not in the trash.
     */
    public static final Address<Restore, Conversation> RESTORE = new Address<>("conversations.restore");

    /** The caller's conversations ordered by id, so that none is repeated or missed if some are updated meanwhile. */
    public static final Address<Walk, Page<Conversation>> WALK = new Address<>("conversations.walk");

    /** @param id chosen by the sender; if the caller has a conversation with this id already, the reply is that one */
    public record Create(Caller caller, UUID id, ConversationDraft draft, Origin origin) {
        public Create(Caller caller, UUID id, ConversationDraft draft) {
            this(caller, id, draft, Origin.PERSON);
        }

        public Create(Caller caller, ConversationDraft draft) {
            this(caller, Ids.next(), draft);
        }
    }

    /** Who began a conversation. */
    public enum Origin {
        /** Somebody who wants to find it in the list. */
        PERSON,
        /** A program whose responses follow one another. It is not listed; search and export find it. */
        RESPONSES
    }

    /**
     * @param metadata a JSON object; null means an empty one
     * @param encrypted whether it is stored encrypted, with its messages; null means what the user has chosen
     */
    public record ConversationDraft(
            @Nullable String title,
            @Nullable String description,
            @Nullable Json metadata,
            @Nullable String instructions,
            @Nullable String provider,
            @Nullable String model,
            @Nullable List<String> tags,
            @Nullable Boolean encrypted) {
        public ConversationDraft {
            tags = Tags.stored("/tags", tags);
            Limits.checkText("/title", title, Limits.TITLE);
            Limits.checkText("/description", description, Limits.DESCRIPTION);
            Limits.checkJson("/metadata", metadata);
            Limits.checkText("/instructions", instructions, Limits.INSTRUCTIONS);
            Limits.checkText("/provider", provider, Limits.PROVIDER);
            Limits.checkText("/model", model, Limits.MODEL);
        }

        public ConversationDraft(@Nullable String title, @Nullable String description, @Nullable Json metadata) {
            this(title, description, metadata, null, null, null, null, null);
        }

        public ConversationDraft(
                @Nullable String title,
                @Nullable String description,
                @Nullable Json metadata,
                @Nullable String instructions,
                @Nullable String provider,
                @Nullable String model) {
            this(title, description, metadata, instructions, provider, model, null, null);
        }

        public ConversationDraft(
                @Nullable String title,
                @Nullable String description,
                @Nullable Json metadata,
                @Nullable String instructions,
                @Nullable String provider,
                @Nullable String model,
                @Nullable List<String> tags) {
            this(title, description, metadata, instructions, provider, model, tags, null);
        }
    }

    public record Find(Caller caller, UUID id) {}

    /**
     * @param filter if it lists those that are not in the trash, it must say whether they are archived
     * @param deleted true lists the trash instead
     */
    public record ListMine(Caller caller, Filter filter, boolean deleted, PageRequest page) {
        public ListMine(Caller caller, boolean deleted, PageRequest page) {
            this(caller, deleted ? Filter.ALL : Filter.NOT_ARCHIVED, deleted, page);
        }

        public ListMine(Caller caller, PageRequest page) {
            this(caller, false, page);
        }
    }

    /** The trash is not sorted. */
    public record ListSorted(Caller caller, Filter filter, Sort sort, SortRequest page) {}

    /** Conversations without a title are the last. */
    public enum Sort {
        UPDATED_AT,
        CREATED_AT,
        TITLE
    }

    /**
     * All conditions must hold; null is no condition.
     *
     * @param tags it has all of these; upper and lower case are equal
     */
    public record Filter(
            @Nullable Boolean archived, @Nullable Boolean pinned, List<String> tags) {
        public static final Filter ALL = new Filter(null, null, List.of());
        public static final Filter NOT_ARCHIVED = new Filter(false, null, List.of());

        public Filter {
            tags = List.copyOf(tags);
        }
    }

    public record Update(Caller caller, UUID id, Versions versions, ConversationPatch patch) {}

    public record ConversationPatch(
            Patch<String> title,
            Patch<String> description,
            Patch<Json> metadata,
            Patch<String> instructions,
            Patch<String> provider,
            Patch<String> model,
            Patch<UUID> currentLeaf,
            Patch<Boolean> pinned,
            Patch<Boolean> archived,
            Patch<List<String>> tags) {
        public ConversationPatch {
            if (tags.present()) tags = Patch.to(Tags.stored("/tags", tags.value()));
            Limits.checkJson("/metadata", metadata.value());
            Limits.checkText("/instructions", instructions.value(), Limits.INSTRUCTIONS);
            Limits.checkText("/provider", provider.value(), Limits.PROVIDER);
            Limits.checkText("/model", model.value(), Limits.MODEL);
            if (currentLeaf.present() && currentLeaf.value() == null) throw noSuchLeaf();
        }

        public ConversationPatch(
                Patch<String> title,
                Patch<String> description,
                Patch<Json> metadata,
                Patch<String> instructions,
                Patch<String> provider,
                Patch<String> model,
                Patch<UUID> currentLeaf) {
            this(
                    title,
                    description,
                    metadata,
                    instructions,
                    provider,
                    model,
                    currentLeaf,
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent());
        }

        /** The same patch with other metadata. */
        public ConversationPatch withMetadata(Patch<Json> replacement) {
            return new ConversationPatch(
                    title,
                    description,
                    replacement,
                    instructions,
                    provider,
                    model,
                    currentLeaf,
                    pinned,
                    archived,
                    tags);
        }

        public ConversationPatch(Patch<String> title, Patch<String> description, Patch<Json> metadata) {
            this(title, description, metadata, Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent());
        }

        public static ConversationPatch ofCurrentLeaf(@Nullable UUID id) {
            return new ConversationPatch(
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.to(id));
        }

        /** The problem of a current leaf that cannot be one. */
        public static Problem noSuchLeaf() {
            return Problem.invalid("/current_leaf", "must be a message of this conversation that is not deleted");
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    public record Restore(Caller caller, UUID id) {}

    /**
     * @param after return conversations with a greater id only; null begins with the first
     * @param limit the maximum number of conversations of the page, at least 1
     */
    public record Walk(Caller caller, @Nullable UUID after, int limit) {}

    private Conversations() {}
}
