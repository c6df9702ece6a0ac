package io.parley.tasks;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.SortedPage;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.Filter;
import io.parley.contracts.tasks.Tasks.Sort;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.kernel.time.DayOrTime;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks of a user in Berlin, where 23:59 is 22:59 in UTC. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SortedTasksTest {
    private static final Filter ALL = new Filter(null, null, null, null, null, "sorted");

    private final Bus bus;

    SortedTasksTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(UsersFake.answer(bus));
        create(bus, "b sorted", Priority.LOW, "2027-03-14");
        create(bus, "A sorted", Priority.HIGH, "2027-03-14T22:59:00Z");
        create(bus, "c sorted", Priority.MEDIUM, "2027-03-14T22:58:59Z");
        create(bus, "D sorted", Priority.HIGH, "2027-03-15");
        create(bus, "e sorted", Priority.LOW, "2027-03-15T22:59:01Z");
        create(bus, "É sorted", Priority.MEDIUM, null);
        create(bus, "f sorted", Priority.MEDIUM, null);
    }

    @Test
    void sortsByDueDateWithDaysAtTheirEndAndNothingLast() {
        var dated = List.of("c", "b", "A", "D", "e");
        assertThat(letters(all(Sort.DUE_DATE, Order.ASC, 1))).containsExactly("c", "b", "A", "D", "e", "É", "f");
        assertThat(letters(all(Sort.DUE_DATE, Order.DESC, 1))).containsExactly("e", "D", "A", "b", "c", "f", "É");
        for (int limit : new int[] {2, 3, 4, 5, 6, 7, 50})
            assertThat(letters(all(Sort.DUE_DATE, Order.ASC, limit)))
                    .as("pages of %d", limit)
                    .startsWith(dated.toArray(String[]::new))
                    .hasSize(7);
    }

    @Test
    void sortsByPriorityAndThenById() {
        assertThat(letters(all(Sort.PRIORITY, Order.DESC, 2))).containsExactly("D", "A", "f", "É", "c", "e", "b");
        assertThat(letters(all(Sort.PRIORITY, Order.ASC, 3))).containsExactly("b", "e", "c", "É", "f", "A", "D");
    }

    @Test
    void sortsByTitleInOneCase() {
        var asc = letters(all(Sort.TITLE, Order.ASC, 2));
        assertThat(asc).hasSize(7).doesNotHaveDuplicates();
        assertThat(asc.stream().filter(letter -> !letter.equals("É")).toList())
                .containsExactly("A", "b", "c", "D", "e", "f");
    }

    @Test
    void sortsByTimes() {
        assertThat(letters(all(Sort.CREATED_AT, Order.ASC, 3))).containsExactly("b", "A", "c", "D", "e", "É", "f");
        assertThat(letters(all(Sort.UPDATED_AT, Order.DESC, 3))).hasSize(7).startsWith("f");
    }

    @Test
    void keepsItsPlaceWhileTasksAreAddedAndRemoved() {
        var filter = new Filter(null, null, null, null, null, "moving");
        var tasks = IntStream.range(0, 6)
                .mapToObj(day -> create(bus, "moving " + day, Priority.LOW, "2027-04-1" + day))
                .toList();
        var first = page(filter, Sort.DUE_DATE, new SortRequest(null, 3, Order.ASC));
        Answers.of(bus.ask(Tasks.DELETE, new Tasks.Delete(ada, tasks.get(2).id(), Versions.ANY)));
        create(bus, "moving before", Priority.LOW, "2027-04-09");

        var second = page(filter, Sort.DUE_DATE, new SortRequest(first.nextCursor(), 50, Order.ASC));

        assertThat(second.items()).extracting(Task::title).containsExactly("moving 3", "moving 4", "moving 5");
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void refusesACursorOfAnotherList() {
        for (var cursor : List.of(
                SortCursor.of(Sort.TITLE, "x", Ids.next()),
                SortCursor.of(Sort.DUE_DATE, "x", Ids.next()),
                SortCursor.of(Sort.DUE_DATE, Long.toString(Long.MAX_VALUE), Ids.next())))
            assertThat(Answers.problemOf(bus.ask(
                                    Tasks.LIST_SORTED,
                                    new Tasks.ListSorted(
                                            ada, ALL, Sort.DUE_DATE, new SortRequest(cursor, 5, Order.ASC))))
                            .kind())
                    .isEqualTo(Problem.Kind.INVALID);
        assertThat(SortCursor.parse(SortCursor.of(Sort.TITLE, null, Ids.next()).text()))
                .hasValueSatisfying(cursor -> assertThat(cursor.key()).isNull());
        assertThat(SortCursor.parse("no cursor!")).isEmpty();
    }

    @Test
    void findsTasksByTagsInAnyCase() {
        var draft = new TaskDraft(null, "tagged", null, null, null, null, List.of(" Home ", "home", "Cafe\u0301"));
        var task = Answers.of(bus.ask(Tasks.CREATE, new Tasks.Create(ada, draft)));
        assertThat(task.tags()).containsExactly("Home", "Caf\u00e9");

        assertThat(tagged("HOME", "CAF\u00c9")).containsExactly(task);
        assertThat(tagged("home", "work")).isEmpty();
        assertThat(Answers.of(bus.ask(
                                Tasks.LIST,
                                new Tasks.ListMine(grace, tags("home"), new PageRequest(null, 5, Order.ASC))))
                        .items())
                .isEmpty();

        var patch = new TaskPatch(
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.absent(),
                Patch.to(List.of("Work")));
        var changed = Answers.of(bus.ask(Tasks.UPDATE, new Tasks.Update(ada, task.id(), Versions.ANY, patch)));
        assertThat(changed.tags()).containsExactly("Work");
        assertThat(tagged("work")).containsExactly(changed);
    }

    @Test
    void findsTasksBySeveralStatusesAndWithoutALink() {
        var statuses = new Filter(
                List.of(Status.PENDING, Status.COMPLETED),
                null,
                null,
                null,
                null,
                "sorted",
                null,
                null,
                null,
                false,
                List.of());
        assertThat(Answers.of(bus.ask(
                                Tasks.LIST, new Tasks.ListMine(ada, statuses, new PageRequest(null, 50, Order.ASC))))
                        .items())
                .hasSize(7);
        var none = new Filter(
                List.of(Status.IN_PROGRESS, Status.COMPLETED),
                null,
                null,
                null,
                null,
                "sorted",
                null,
                null,
                null,
                null,
                List.of());
        assertThat(Answers.of(bus.ask(Tasks.LIST, new Tasks.ListMine(ada, none, new PageRequest(null, 50, Order.ASC))))
                        .items())
                .isEmpty();
    }

    private static Filter tags(String... tags) {
        return new Filter(List.of(), null, null, null, null, null, null, null, null, null, List.of(tags));
    }

    private List<Task> tagged(String... tags) {
        return Answers.of(bus.ask(Tasks.LIST, new Tasks.ListMine(ada, tags(tags), new PageRequest(null, 5, Order.ASC))))
                .items();
    }

    private static List<String> letters(List<Task> tasks) {
        return tasks.stream().map(task -> task.title().substring(0, 1)).toList();
    }

    private List<Task> all(Sort sort, Order order, int limit) {
        var tasks = new ArrayList<Task>();
        SortCursor cursor = null;
        do {
            var page = page(ALL, sort, new SortRequest(cursor, limit, order));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            tasks.addAll(page.items());
            cursor = page.nextCursor() == null
                    ? null
                    : SortCursor.parse(page.nextCursor().text()).orElseThrow();
        } while (cursor != null);
        return tasks;
    }

    private SortedPage<Task> page(Filter filter, Sort sort, SortRequest request) {
        return Answers.of(bus.ask(Tasks.LIST_SORTED, new Tasks.ListSorted(ada, filter, sort, request)));
    }

    private static Task create(Bus bus, String title, Priority priority, @Nullable String due) {
        var draft = new TaskDraft(null, title, null, null, priority, dayOrTime(due));
        return Answers.of(bus.ask(Tasks.CREATE, new Tasks.Create(ada, draft)));
    }

    private static @Nullable DayOrTime dayOrTime(@Nullable String due) {
        if (due == null) return null;
        return due.contains("T") ? DayOrTime.at(Instant.parse(due)) : DayOrTime.on(LocalDate.parse(due));
    }
}
