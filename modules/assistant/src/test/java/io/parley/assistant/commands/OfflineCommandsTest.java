package io.parley.assistant.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

class OfflineCommandsTest extends OfflineConversation {
    OfflineCommandsTest(Vertx vertx, Bus bus) {
        super(vertx, bus);
    }

    @Test
    void addsListsCompletesAndDeletes() {
        assertThat(talk.say("list tasks")).startsWith("You have no open tasks. Add one");
        assertThat(talk.say("add task Buy milk")).isEqualTo("Added: Buy milk, no due date");
        assertThat(talk.say("add task Fly due 2027-04-01 !high"))
                .isEqualTo("Added: Fly, high priority, due Thu 2027-04-01 23:59");
        assertThat(talk.say("list tasks")).isEqualTo("""
                Your open tasks, newest first:
                1. [ ] Fly, high priority, due Thu 2027-04-01 23:59
                2. [ ] Buy milk""");
        assertThat(talk.say("complete 1")).isEqualTo("Completed: Fly, high priority, due Thu 2027-04-01 23:59");
        assertThat(talk.say("delete 2")).startsWith("Deleted: Buy milk, no due date\n");
        assertThat(talk.say("list all tasks")).isEqualTo("""
                Your tasks, newest first:
                1. [x] Fly, high priority, due Thu 2027-04-01 23:59""");
    }

    @Test
    void listsPageByPage() {
        for (int at = 1; at <= 21; at++) talk.say("add task Task number " + at);

        assertThat(talk.say("list tasks"))
                .contains("\n1. [ ] Task number 21\n", "\n20. [ ] Task number 2\n")
                .endsWith("Type `more` for older tasks.");
        assertThat(talk.say("more")).isEqualTo("""
                Older tasks:
                1. [ ] Task number 1""");
        assertThat(talk.say("more")).isEqualTo("There are no more tasks.");
        assertThat(talk.say("complete 1")).startsWith("Completed: Task number 1,");
    }

    @Test
    void keepsTheTimeOfDayIfOnlyTheDayChanges() {
        talk.say("add task Dentist tomorrow at 17:00");

        assertThat(talk.say("push the dentist to next week")).isEqualTo("Moved: Dentist, due Tue 2027-04-06 17:00");
        assertThat(talk.say("push the dentist to next week")).isEqualTo("Moved: Dentist, due Tue 2027-04-13 17:00");
        talk.say("list tasks");
        assertThat(talk.say("move 1 to friday")).isEqualTo("Moved: Dentist, due Fri 2027-04-02 17:00");
        assertThat(talk.say("move dentist to friday at 9am")).isEqualTo("Moved: Dentist, due Fri 2027-04-02 09:00");
        assertThat(talk.say("move dentist to today")).isEqualTo("Moved: Dentist, due Mon 2027-03-29 23:59");
    }

    @Test
    void ordersByDueDateWhatIsListedByDate() {
        talk.say("add task Second due friday");
        talk.say("add task Third due saturday");
        talk.say("add task First due wednesday");

        assertThat(talk.say("tasks due this week")).isEqualTo("""
                Your open tasks due this week, by due date:
                1. [ ] First, due Wed 2027-03-31 23:59
                2. [ ] Second, due Fri 2027-04-02 23:59
                3. [ ] Third, due Sat 2027-04-03 23:59""");
        assertThat(talk.say("complete 1")).startsWith("Completed: First");
        assertThat(talk.say("how many tasks do I have?"))
                .startsWith("You have 2 open tasks, newest first:\n1. [ ] Third");
    }

    @Test
    void searches() {
        search.snippet = "the <mark>trip</mark> to\nLisbon &amp; back";
        assertThat(talk.say("search trip")).isEqualTo("""
                Messages found:
                - Wed 1969-12-31: the trip to Lisbon & back""");
    }

    @Test
    void repeatsTheFiltersOfAListOnItsNextPage() {
        for (int at = 1; at <= 21; at++) talk.say("add task Task number " + at + " !high");
        talk.say("add task Other");

        assertThat(talk.say("show high priority tasks")).contains("Type `more` for older tasks.");
        talk.say("more");
        assertThat(tasks.received.get(tasks.received.size() - 1))
                .isInstanceOfSatisfying(Tasks.ListMine.class, query -> {
                    assertThat(query.page().cursor()).isNotNull();
                    assertThat(query.filter().priority()).isEqualTo(Task.Priority.HIGH);
                    assertThat(query.filter().open()).isTrue();
                });
    }

    @Test
    void explainsWhatAToolRefuses() {
        assertThat(talk.say("add task " + "x".repeat(256)))
                .isEqualTo(
                        "That did not work. The arguments are not valid: title must be at most 255 characters long.");
    }
}
