package io.parley.tasks;

import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.Filter;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.contracts.tasks.Tasks.TaskPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.kernel.time.DayOrTime;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days in Berlin, an hour before midnight in UTC, when the next day has already begun there. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class DueDaysTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-03-14T23:00:00Z"), ZoneOffset.UTC);

    private final Bus bus;

    DueDaysTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database, CLOCK)));
        Answers.of(UsersFake.answer(bus));
        for (var due : List.of(
                "2027-03-13",
                "2027-03-14",
                "2027-03-15",
                "2027-03-14T22:59:59Z",
                "2027-03-14T23:00:00Z",
                "2027-03-16T12:00:00Z")) create(bus, due, Status.PENDING);
        create(bus, "2027-03-01", Status.COMPLETED);
        create(bus, null, Status.PENDING);
    }

    @Test
    void keepsADayAsADay() {
        var task = create(bus, "2027-12-24", Status.PENDING);
        assertThat(task.dueDate()).isEqualTo(DayOrTime.on(LocalDate.of(2027, 12, 24)));
        assertThat(Answers.of(bus.ask(Tasks.FIND, new Tasks.Find(grace, task.id()))))
                .isEqualTo(task);

        var timed = due(task, Patch.to(DayOrTime.at(Instant.EPOCH)));
        assertThat(timed.dueDate()).isEqualTo(DayOrTime.at(Instant.EPOCH));
        assertThat(due(timed, Patch.to(DayOrTime.on(LocalDate.EPOCH))).dueDate())
                .isEqualTo(DayOrTime.on(LocalDate.EPOCH));
        assertThat(due(timed, Patch.absent()).dueDate()).isEqualTo(DayOrTime.on(LocalDate.EPOCH));
        assertThat(due(timed, Patch.to(null)).dueDate()).isNull();
        Answers.of(bus.ask(Tasks.DELETE, new Tasks.Delete(grace, task.id(), Versions.ANY)));
    }

    @Test
    void findsWhatIsOverdueWhereTheUserIs() {
        assertThat(titles(new Filter(null, null, null, null, null, "due", null, true, null)))
                .containsExactly("due 2027-03-14T22:59:59Z", "due 2027-03-14", "due 2027-03-13");
        assertThat(titles(new Filter(null, null, null, null, null, "due", null, false, null)))
                .containsExactly(
                        "due null",
                        "due 2027-03-01",
                        "due 2027-03-16T12:00:00Z",
                        "due 2027-03-14T23:00:00Z",
                        "due 2027-03-15");
    }

    @Test
    void findsWhatIsOverdueInAnotherTimeZone() {
        assertThat(titles(new Filter(null, null, null, null, null, "due", null, true, "America/New_York")))
                .containsExactly("due 2027-03-13");
        assertThat(titles(new Filter(null, null, null, null, null, "due", null, true, "Pacific/Auckland")))
                .containsExactly("due 2027-03-14", "due 2027-03-13");
    }

    @Test
    void findsWhatIsOpen() {
        assertThat(titles(new Filter(null, null, null, null, null, "due", false, null, null)))
                .containsExactly("due 2027-03-01");
        assertThat(titles(new Filter(null, null, null, null, null, "due", true, null, null)))
                .hasSize(7);
    }

    /** In Berlin, 23:59 is 22:59 in UTC. */
    @ParameterizedTest
    @CsvSource({
        "2027-03-14T22:58:59Z, , 2027-03-14T23:00:00Z 2027-03-14T22:59:59Z 2027-03-14 2027-03-15",
        "2027-03-14T22:59:00Z, , 2027-03-14T23:00:00Z 2027-03-14T22:59:59Z 2027-03-14 2027-03-15",
        "2027-03-14T22:59:01Z, , 2027-03-14T23:00:00Z 2027-03-14T22:59:59Z 2027-03-15",
        ", 2027-03-14T22:58:59Z, 2027-03-13",
        ", 2027-03-14T22:59:00Z, 2027-03-14 2027-03-13",
        "2027-03-14T23:00:00Z, 2027-03-15T22:59:00Z, 2027-03-14T23:00:00Z 2027-03-15",
        "2027-03-14T00:00:00+14:00, 2027-03-14T00:00:00-12:00, 2027-03-13"
    })
    void takesTheEndOfADayInFilters(@Nullable String after, @Nullable String before, String expected) {
        var filter = new Filter(null, null, null, time(before), time(after), "due", true, null, null);
        var until = new Filter(null, null, null, time("2027-03-15T22:59:00Z"), null, "due", true, null, null);

        assertThat(titles(filter).stream().filter(titles(until)::contains))
                .containsExactlyInAnyOrder(List.of(expected.split(" ", -1)).stream()
                        .map(due -> "due " + due)
                        .toArray(String[]::new));
    }

    private Task due(Task task, Patch<DayOrTime> due) {
        var patch = new TaskPatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), Patch.absent(), due);
        return Answers.of(bus.ask(Tasks.UPDATE, new Tasks.Update(grace, task.id(), Versions.ANY, patch)));
    }

    private List<String> titles(Filter filter) {
        var page = new PageRequest(null, 50, Order.DESC);
        return Answers.of(bus.ask(Tasks.LIST, new Tasks.ListMine(grace, filter, page))).items().stream()
                .map(Task::title)
                .toList();
    }

    private static Task create(Bus bus, @Nullable String due, Status status) {
        var draft = new TaskDraft(null, "due " + due, null, status, null, dayOrTime(due));
        return Answers.of(bus.ask(Tasks.CREATE, new Tasks.Create(grace, draft)));
    }

    private static @Nullable DayOrTime dayOrTime(@Nullable String due) {
        if (due == null) return null;
        return due.length() == 10 ? DayOrTime.on(LocalDate.parse(due)) : DayOrTime.at(Instant.parse(due));
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : java.time.OffsetDateTime.parse(text).toInstant();
    }
}
