package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages end when they have enough bytes. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class MessagePageBytesTest {
    /** Larger than the small pages that are tried first. */
    private static final int LIMIT = 1_000_000;

    private static final Messages.Filter ALL = new Messages.Filter(null, null, null);

    private static SampleConversation sample;

    private final Bus bus;

    MessagePageBytesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        sample = SampleConversation.open(vertx, bus, database);
    }

    @BeforeEach
    void clear() {
        sample.clear();
    }

    @ParameterizedTest
    @EnumSource
    void endBeforeTheMessageThatWouldExceedThem(Order order) {
        var root = sample.say(kilobytes(30));
        var ids = new ArrayList<>(List.of(root.id()));
        for (int n = 1; n < 10; n++) ids.add(sample.reply(root, kilobytes(30)).id());
        if (order == Order.DESC) Collections.reverse(ids);

        assertThat(inPages(order, 100_000, this::all)).containsExactlyElementsOf(inThrees(ids));
        assertThat(inPages(order, 100_000, this::mine)).containsExactlyElementsOf(inThrees(ids));
        assertThat(inPages(order, 100_000, page -> thread(root, page))).containsExactlyElementsOf(inThrees(ids));
    }

    @ParameterizedTest
    @EnumSource
    void endLikewiseOnABranchAndInTheTrash(Order order) {
        var ids = new ArrayList<UUID>();
        Message last = sample.say(kilobytes(30));
        ids.add(last.id());
        for (int n = 1; n < 10; n++) {
            last = sample.reply(last, kilobytes(30));
            ids.add(last.id());
        }
        sample.reply(sample.say("of another branch"), "below it");
        var leaf = last;
        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, leaf.id())));
        if (order == Order.DESC) Collections.reverse(ids);

        assertThat(inPages(order, 100_000, this::current)).containsExactlyElementsOf(inThrees(ids));
        assertThat(inPages(order, 100_000, page -> branch(leaf, page))).containsExactlyElementsOf(inThrees(ids));

        sample.run("UPDATE messages SET deleted_at = created_at WHERE length(content) > 1000");
        assertThat(inPages(order, 100_000, this::trash)).containsExactlyElementsOf(inThrees(ids));
    }

    @Test
    void haveALargerMessageAlone() {
        var small = sample.say("small");
        var large = sample.say(kilobytes(50));
        var smallToo = sample.say("small, too");

        assertThat(inPages(Order.ASC, 20_000, this::all))
                .containsExactly(List.of(small.id()), List.of(large.id()), List.of(smallToo.id()));
    }

    /** In the database it is compressed to a hundredth. */
    @Test
    void countJsonAsItIsSent() {
        for (int n = 0; n < 20; n++) sayWithMetadata("{\"x\": \"" + kilobytes(60) + "\"}");

        var page = Answers.of(all(new PageRequest(null, 200, Order.ASC, LIMIT)));
        assertThat(page.items()).hasSize(16);
        assertThat(page.items().stream()
                        .mapToInt(message -> message.metadata().text().length())
                        .sum())
                .isLessThan(LIMIT);
        assertThat(inPages(Order.DESC, LIMIT, this::all).stream().map(List::size))
                .containsExactly(16, 4);
    }

    private void sayWithMetadata(String metadata) {
        var draft = new MessageDraft(null, null, Role.USER, "Hello", null, null, null, null, new Json(metadata));
        sample.post(ada, adasTripPlan, draft);
    }

    private static String kilobytes(int number) {
        return "word ".repeat(number * 200);
    }

    /** The ids of each page. */
    private List<List<UUID>> inPages(Order order, int bytes, Function<PageRequest, Future<Page<Message>>> list) {
        var pages = new ArrayList<List<UUID>>();
        Cursor cursor = null;
        do {
            var page = Answers.of(list.apply(new PageRequest(cursor, 200, order, bytes)));
            pages.add(page.items().stream().map(Message::id).toList());
            cursor = page.nextCursor();
        } while (cursor != null);
        return pages;
    }

    private static List<List<UUID>> inThrees(List<UUID> ids) {
        var threes = new ArrayList<List<UUID>>();
        for (int at = 0; at < ids.size(); at += 3) threes.add(ids.subList(at, Math.min(ids.size(), at + 3)));
        return threes;
    }

    private Future<Page<Message>> all(PageRequest page) {
        return bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(ada, adasTripPlan, Which.ALL, page));
    }

    private Future<Page<Message>> current(PageRequest page) {
        return bus.ask(
                Messages.LIST_CONVERSATION,
                new Messages.ListConversation(ada, adasTripPlan, Which.CURRENT_BRANCH, page));
    }

    private Future<Page<Message>> trash(PageRequest page) {
        return bus.ask(
                Messages.LIST_CONVERSATION, new Messages.ListConversation(ada, adasTripPlan, Which.DELETED, page));
    }

    private Future<Page<Message>> mine(PageRequest page) {
        return bus.ask(Messages.LIST_MINE, new Messages.ListMine(ada, ALL, page));
    }

    private Future<Page<Message>> thread(Message root, PageRequest page) {
        return bus.ask(Messages.THREAD, new Messages.ListThread(ada, adasTripPlan, root.id(), page));
    }

    private Future<Page<Message>> branch(Message leaf, PageRequest page) {
        return bus.ask(Messages.BRANCH, new Messages.ListBranch(ada, adasTripPlan, leaf.id(), page));
    }
}
