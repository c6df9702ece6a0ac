package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ModelReply;

/** A reply that needs no tool: help, or a question back. */
record FixedReply(String text) implements Command {
    private static final String COMMANDS = """
            - `add task Buy milk`: optionally with a day, `add task Buy milk due tomorrow` (or `due today`, \
            `due 2027-03-31`), and with `!high`, `!medium` or `!low`
            - `list tasks`, then `more` for the next page
            - `complete 2`: by the number in the last list, by part of the title or by the id
            - `delete 2`: works in the same way
            - `search holiday plans`: searches all your messages
            - `help`""";

    static final FixedReply HELP =
            new FixedReply("I am Parley's command language. These are the commands that I understand:\n" + COMMANDS);

    static final FixedReply NOT_UNDERSTOOD = new FixedReply(
            "I did not understand that. No language model is configured, so I only understand these commands:\n"
                    + COMMANDS);

    static final FixedReply SEVERAL_LINES = new FixedReply(
            "Please send one command at a time, on one line. No language model is configured, so I only understand "
                    + "these commands:\n" + COMMANDS);

    static final FixedReply ADD_WHAT =
            new FixedReply("What should I add? For example: `add task Buy milk due tomorrow`");

    static final FixedReply WHICH_TASK = new FixedReply(
            "Which task? Use its number in the last list, part of its title, or its id. For example: `complete 2`");

    static final FixedReply SEARCH_WHAT =
            new FixedReply("What should I search for? For example: `search holiday plans`");

    @Override
    public ModelReply begin(ListedTasks lastList) {
        return Command.say(text);
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        return Command.say(text);
    }
}
