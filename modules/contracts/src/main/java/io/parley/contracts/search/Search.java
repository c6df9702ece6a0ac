package io.parley.contracts.search;

import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.access.Scope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Full-text search, best hits first. Each module searches its own rows; to search several modules, ask each and merge the
 * results. Only the caller's rows that are not deleted are found. If a module has more than {@link #WINDOW} matches, only the
 * newest of them are ranked.
 */
public final class Search {
    /** The number of matches ranked per module. It limits the cost of a word that occurs in every row. */
    public static final int WINDOW = 300;

    /** UTF-16 characters: more than anybody types. */
    public static final int MAX_QUERY = 1000;

    public enum Type {
        MESSAGE,
        TASK,
        CONVERSATION;

        /** What a token needs to find them. */
        public Scope scope() {
            return this == TASK ? Scope.TASKS_READ : Scope.CONVERSATIONS_READ;
        }
    }

    public static Address<Query, Results> of(Type type) {
        return switch (type) {
            case MESSAGE -> new Address<>("messages.search");
            case TASK -> new Address<>("tasks.search");
            case CONVERSATION -> new Address<>("conversations.search");
        };
    }

    /**
     * Which rows are searched; null takes all. Without a role, results of tools are left out.
     *
     * @param conversationId messages of this conversation, tasks that are linked to it, and itself
     * @param role of messages; nothing else has one, so that nothing else is found
     * @param from rows that were created at this time or later
     * @param to rows that were created before this time
     */
    public record Filter(
            @Nullable UUID conversationId,
            @Nullable Role role,
            @Nullable Instant from,
            @Nullable Instant to) {
        public static final Filter NONE = new Filter(null, null, null, null);
    }

    /**
     * Fails invalid if {@code q} is blank or longer than {@link #MAX_QUERY}.
     *
     * @param q in the syntax of web search engines: words that must all occur, {@code "a phrase"}, {@code or}, {@code -not}.
     *     The last word may be the beginning of one. Case is ignored, and so are accents if the server is set to.
     * @param limit the maximum number of hits, 1 to 200
     * @param after return the hits after this position; null returns the first
     */
    public record Query(
            Caller caller,
            String q,
            Filter filter,
            int limit,
            @Nullable RankCursor after) {
        /** Searches all of the caller's rows. */
        public Query(Caller caller, String q, int limit, @Nullable RankCursor after) {
            this(caller, q, Filter.NONE, limit, after);
        }

        public Query {
            if (q.isBlank()) throw Problem.invalid("q", "must not be empty");
            if (q.length() > MAX_QUERY)
                throw Problem.invalid("q", "must not be longer than " + MAX_QUERY + " characters");
        }
    }

    /**
     * @param conversationId of a message, or of a task that is linked to a conversation; null otherwise
     * @param role of a message; null otherwise
     * @param title of a task or a conversation; null for messages
     * @param snippet HTML: the text around the matches, escaped, with each match in {@code <mark>}
     * @param rank the higher, the better; comparable between all types of one search
     */
    public record Hit(
            Type type,
            UUID id,
            @Nullable UUID conversationId,
            @Nullable Role role,
            @Nullable String title,
            String snippet,
            float rank,
            Instant createdAt) {
        private static final Comparator<Hit> BEST_FIRST = Comparator.comparing(Hit::rank)
                .thenComparing(Hit::createdAt)
                .thenComparing(Hit::id, Hit::compareAsPostgres)
                .reversed();

        /** The snippet without HTML, for readers that are no browsers. */
        public String plainSnippet() {
            return snippet.replaceAll("</?mark>", "")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&");
        }

        // UUID.compareTo compares the halves as signed numbers.
        private static int compareAsPostgres(UUID one, UUID other) {
            int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
            return high != 0
                    ? high
                    : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
        }
    }

    /** Counts what no search finds, because it is encrypted. */
    public static Address<FindUnsearched, Unsearched> unsearched(Type type) {
        return switch (type) {
            case TASK -> new Address<>("tasks.unsearched");
            case CONVERSATION -> new Address<>("conversations.unsearched");
            case MESSAGE -> throw new IllegalArgumentException("messages are counted by their conversations");
        };
    }

    public record FindUnsearched(Caller caller) {}

    /** Those that are not deleted. */
    public record Unsearched(long count) {
        public static final Unsearched NONE = new Unsearched(0);
    }

    /** What was not searched, because it is encrypted, in numbers of the caller's. */
    public record NotSearched(long conversations, long tasks) {}

    /**
     * @param more whether there is a next page
     * @param asOf when the first page was read, by the database's clock
     */
    public record Results(List<Hit> hits, boolean more, Instant asOf) {}

    /**
     * One page of the best hits of several modules.
     *
     * @param nextCursor where the next page begins; null on the last page
     */
    public record HitPage(List<Hit> items, @Nullable RankCursor nextCursor) {
        public SearchedPage with(NotSearched notSearched) {
            return new SearchedPage(items, nextCursor, notSearched);
        }

        /** Merges the results of several modules into one page. */
        public static HitPage bestOf(List<Results> parts, int limit) {
            var all = parts.stream()
                    .flatMap(part -> part.hits.stream())
                    .sorted(Hit.BEST_FIRST)
                    .toList();
            var best = all.subList(0, Math.min(limit, all.size()));
            boolean more = all.size() > limit || parts.stream().anyMatch(Results::more);
            return new HitPage(best, more && !best.isEmpty() ? cursorAfter(best, parts) : null);
        }

        private static RankCursor cursorAfter(List<Hit> best, List<Results> parts) {
            var asOf = parts.stream().map(Results::asOf).max(Comparator.naturalOrder());
            var last = best.get(best.size() - 1);
            return new RankCursor(asOf.orElse(Instant.EPOCH), last.rank(), last.createdAt(), last.id());
        }
    }

    /** The same, and what was not searched. */
    public record SearchedPage(List<Hit> items, @Nullable RankCursor nextCursor, NotSearched notSearched) {}

    private Search() {}
}
