package io.parley.assistant.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Bus;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** Which task the user means by a title, an id or the number in a list. */
class MentionedTaskTest extends OfflineConversation {
    MentionedTaskTest(Vertx vertx, Bus bus) {
        super(vertx, bus);
    }

    @Test
    void asksWhichTaskIfSeveralMatch() {
        talk.say("add task Buy milk");
        talk.say("add task Drink milk");
        talk.say("complete drink");
        talk.say("add task Milk the cow");

        assertThat(talk.say("complete milk")).isEqualTo("""
                Which of these is "milk"? Use its number, for example: `complete 1`
                1. [ ] Milk the cow
                2. [ ] Buy milk""");
        assertThat(talk.say("complete 2")).startsWith("Completed: Buy milk");
    }

    @Test
    void findsTheTaskByPartOfItsTitle() {
        talk.say("add task Buy milk");
        talk.say("add task Fly to Lisbon");

        assertThat(talk.say("complete LISBON")).startsWith("Completed: Fly to Lisbon");
        assertThat(talk.say("complete lisbon"))
                .isEqualTo("Which task do you mean? No open task has \"lisbon\" in its title.");
        assertThat(talk.say("delete the task lisbon")).startsWith("Deleted: Fly to Lisbon");
        assertThat(talk.say("delete lisbon")).isEqualTo("Which task do you mean? No task has \"lisbon\" in its title.");
    }

    @Test
    void prefersTheTaskWithExactlyThisTitle() {
        talk.say("add task Milk");
        talk.say("add task Buy milk");

        assertThat(talk.say("complete milk")).startsWith("Completed: Milk,");
    }

    @Test
    void findsTheTaskByWordsInAnyOrder() {
        talk.say("add task Send the yearly report to Ann");
        talk.say("add task Report the theft");

        assertThat(talk.say("done with my report to ann")).startsWith("Completed: Send the yearly report to Ann");
        assertThat(talk.say("done with thef")).startsWith("Completed: Report the theft");
    }

    @Test
    void readsQuotedTextAsPartOfTheTitle() {
        talk.say("add task Buy milk");
        talk.say("add task Buy 2 cows");
        talk.say("list tasks");

        assertThat(talk.say("complete \"2\"")).startsWith("Completed: Buy 2 cows");
    }

    @Test
    void findsTheTaskByItsId() {
        talk.say("add task Buy milk");
        var id = tasks.ids().get(0);

        assertThat(talk.say("complete " + id)).startsWith("Completed: Buy milk");
    }

    @Test
    void readsNumbersByTheListThatTheUserSawLast() {
        talk.say("add task Buy milk");
        talk.say("add task Fly");
        talk.say("list tasks");
        talk.say("complete fly");

        // The list that was searched for the title contains only Fly, but the user did not see it.
        assertThat(talk.say("complete #2.")).startsWith("Completed: Buy milk");
        assertThat(talk.say("complete 3")).isEqualTo("Which task do you mean? The last list has no number 3.");
    }

    @Test
    void keepsTheNumbersOfAListWhenTasksChange() {
        talk.say("add task Buy milk");
        talk.say("add task Fly");
        talk.say("list tasks");
        talk.say("delete 2");

        assertThat(talk.say("delete 2")).isEqualTo("That did not work. The task does not exist.");
        assertThat(talk.say("delete 1")).startsWith("Deleted: Fly");
    }
}
