package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelReply;

/** A reply that needs no tool: help, or a question back. */
record FixedReply(String text) implements Command {
    private static final int QUOTED = 200;

    private static final String COMMANDS = """
            - `add task Buy milk`: optionally with a date and a priority at the end, `add Buy milk tomorrow at 5pm !high`
            - `remind me to call Ann next friday`: does the same; so do `todo: …`, `I need to …` and `don't forget to …`
            - `list tasks`: also `what is overdue`, `what's due this week`, `show high priority tasks`, `list completed`, \
            `list all tasks`; then `more` for the next page
            - `complete 2`: by the number in the last list, by words of the title, `done with milk`, or by the id
            - `move milk to friday`: changes the date
            - `make milk high priority`: changes the priority
            - `rename milk to oat milk`: changes the title
            - `start milk`, `reopen milk`: changes the status
            - `delete 2`: moves it to the trash
            - `search holiday plans`: searches all your messages
            - `help`""";

    static final FixedReply HELP =
            new FixedReply("I am Parley's command language. These are the commands that I understand:\n" + COMMANDS);

    static final FixedReply HELLO = new FixedReply("Hello! Tell me what to note for you, or type `help`.");
    static final FixedReply WELCOME = new FixedReply("You are welcome.");

    static final FixedReply ADD_WHAT =
            new FixedReply("What should I add? For example: `add task Buy milk due tomorrow`");

    static final FixedReply WHICH_TASK = new FixedReply(
            "Which task? Use its number in the last list, words of its title, or its id. For example: `complete 2`");

    static final FixedReply SEARCH_WHAT =
            new FixedReply("What should I search for? For example: `search holiday plans`");

    static FixedReply severalLines(String second) {
        return new FixedReply("Which one first? Please send one command at a time, on one line; \"" + shortened(second)
                + "\" is on another one. Nothing was changed.");
    }

    static FixedReply tooLong(String said) {
        return new FixedReply("What should I do with \"" + shortened(said) + "\"? That is too long for a command.");
    }

    static FixedReply secondCommand(String second) {
        return new FixedReply("Which one first? I take one command a message, and \"" + shortened(second)
                + "\" is another one. If it belongs to the title, put the title in quotes. Nothing was changed.");
    }

    static FixedReply notUnderstood(String said) {
        return new FixedReply("What should I do with \"" + shortened(said)
                + "\"? I did not understand it. To note it as a task, type `add " + shortened(said)
                + "`; `help` lists the commands.");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= QUOTED
                ? text
                : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + '…';
    }

    @Override
    public ModelReply begin(ListedTasks lastList) {
        return Command.say(text);
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        return Command.say(text);
    }
}
