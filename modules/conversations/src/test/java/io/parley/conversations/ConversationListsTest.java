package io.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.contracts.conversations.Conversations.Filter;
import io.parley.contracts.conversations.Conversations.Sort;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists with filters and in other orders. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class ConversationListsTest {
    private static final Caller grace = Fixtures.grace;

    private final Bus bus;

    ConversationListsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
        var first = create(bus, "b lists", "Home");
        create(bus, null, "lists");
        var away = create(bus, "A lists", "home");
        create(bus, "C lists", "work");
        create(bus, null, "LISTS");
        change(bus, first, Patch.to(true), Patch.absent());
        change(bus, away, Patch.absent(), Patch.to(true));
    }

    @Test
    void leavesOutWhatIsArchivedUnlessItIsAskedFor() {
        assertThat(titles(list(Filter.NOT_ARCHIVED)))
                .contains("b lists", "C lists")
                .doesNotContain("A lists");
        assertThat(titles(list(new Filter(true, null, List.of())))).containsExactly("A lists");
        assertThat(titles(list(new Filter(false, true, List.of())))).containsExactly("b lists");
        assertThat(titles(list(new Filter(false, false, List.of())))).doesNotContain("b lists");
    }

    @Test
    void findsTags() {
        assertThat(titles(list(new Filter(false, null, List.of("HOME"))))).containsExactly("b lists");
        assertThat(list(new Filter(false, null, List.of("lists")))).hasSize(2);
        assertThat(list(new Filter(false, null, List.of("home", "work")))).isEmpty();
        assertThat(titles(all(new Filter(null, null, List.of("home")), Sort.UPDATED_AT, Order.DESC)))
                .containsExactly("A lists", "b lists");
    }

    @Test
    void sortsByTitleWithUntitledOnesLast() {
        var ascending = titles(all(new Filter(null, null, List.of()), Sort.TITLE, Order.ASC));
        assertThat(ascending.stream().filter(title -> title.endsWith(" lists")).toList())
                .containsExactly("A lists", "b lists", "C lists");
        assertThat(ascending.subList(ascending.size() - 2, ascending.size())).containsOnly("");
        var descending = titles(all(Filter.NOT_ARCHIVED, Sort.TITLE, Order.DESC));
        assertThat(descending.stream().filter(title -> title.endsWith(" lists")).toList())
                .containsExactly("C lists", "b lists");
        assertThat(descending.get(descending.size() - 1)).isEmpty();
    }

    @Test
    void sortsByTimesOverTheArchive() {
        var any = new Filter(null, null, List.of());
        for (var sort : List.of(Sort.CREATED_AT, Sort.UPDATED_AT)) {
            var ascending = all(any, sort, Order.ASC);
            var descending = new ArrayList<>(all(any, sort, Order.DESC));
            Collections.reverse(descending);
            assertThat(ascending).isEqualTo(descending).hasSizeGreaterThanOrEqualTo(5);
            assertThat(ascending)
                    .extracting(sort == Sort.CREATED_AT ? Conversation::createdAt : Conversation::updatedAt)
                    .isSorted();
        }
    }

    private List<Conversation> list(Filter filter) {
        return Answers.of(bus.ask(
                        Conversations.LIST,
                        new Conversations.ListMine(grace, filter, false, new PageRequest(null, 200, Order.DESC))))
                .items();
    }

    private List<Conversation> all(Filter filter, Sort sort, Order order) {
        var found = new ArrayList<Conversation>();
        SortCursor cursor = null;
        do {
            var page = Answers.of(bus.ask(
                    Conversations.LIST_SORTED,
                    new Conversations.ListSorted(grace, filter, sort, new SortRequest(cursor, 1, order))));
            found.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
    }

    private static List<String> titles(List<Conversation> conversations) {
        return conversations.stream()
                .map(each -> each.title() == null ? "" : each.title())
                .toList();
    }

    private static Conversation create(Bus bus, @Nullable String title, String tag) {
        var draft = new ConversationDraft(title, null, null, null, null, null, List.of(tag));
        return Answers.of(bus.ask(Conversations.CREATE, new Conversations.Create(grace, draft)));
    }

    private static void change(Bus bus, Conversation conversation, Patch<Boolean> pinned, Patch<Boolean> archived) {
        var patch = new ConversationPatch(
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                pinned,
                archived,
                Patch.absent());
        var changed = Answers.of(
                bus.ask(Conversations.UPDATE, new Conversations.Update(grace, conversation.id(), Versions.ANY, patch)));
        assertThat(changed.tags()).isEqualTo(conversation.tags());
    }
}
