package io.parley.assistant.commands;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses what a user types into a command. */
final class CommandParser {
    private static final Pattern COMMAND =
            Pattern.compile("(?i)(add task|list tasks|list|more|complete|delete|search|help)(?: (.+))?");
    private static final Pattern NOUN = Pattern.compile("(?i)task (?=.)");
    private static final Pattern QUOTED = Pattern.compile("([\"'])(.+)\\1");
    private static final Pattern PRIORITY = Pattern.compile("(?i) !(low|medium|high)(?= |$)");
    private static final Pattern DUE = Pattern.compile("(?i) due (today|tomorrow|\\d{4}-\\d{2}-\\d{2})$");

    private final Clock clock;
    private final TaskText text;

    CommandParser(Clock clock) {
        this.clock = clock;
        this.text = new TaskText(clock.getZone());
    }

    Command parse(String typed) {
        if (typed.strip().lines().count() > 1) return FixedReply.SEVERAL_LINES;
        var command = COMMAND.matcher(TaskText.onOneLine(typed));
        return command.matches()
                ? command(command.group(1).toLowerCase(Locale.ROOT), command.group(2))
                : FixedReply.NOT_UNDERSTOOD;
    }

    private Command command(String verb, @Nullable String rest) {
        return switch (verb) {
            case "add task" -> rest == null ? FixedReply.ADD_WHAT : add(' ' + rest);
            case "list", "list tasks" -> rest == null ? new ListCommand(false, text) : FixedReply.NOT_UNDERSTOOD;
            case "more" -> rest == null ? new ListCommand(true, text) : FixedReply.NOT_UNDERSTOOD;
            case "complete" -> choose(ChooseTaskCommand.Verb.COMPLETE, rest);
            case "delete" -> choose(ChooseTaskCommand.Verb.DELETE, rest);
            case "search" -> rest == null ? FixedReply.SEARCH_WHAT : new SearchCommand(rest, text);
            default -> rest == null ? FixedReply.HELP : FixedReply.NOT_UNDERSTOOD;
        };
    }

    private Command choose(ChooseTaskCommand.Verb verb, @Nullable String rest) {
        if (rest == null) return FixedReply.WHICH_TASK;
        var quoted = QUOTED.matcher(rest);
        return quoted.matches()
                ? new ChooseTaskCommand(verb, quoted.group(2), true, text)
                : new ChooseTaskCommand(verb, NOUN.matcher(rest).replaceFirst(""), false, text);
    }

    private Command add(String description) {
        var matcher = PRIORITY.matcher(description);
        var priority = matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
        var rest = priority == null ? description : matcher.replaceFirst("");
        var due = DUE.matcher(rest);
        if (!due.find()) return add(rest, null, priority);
        var date = date(due.group(1).toLowerCase(Locale.ROOT));
        return date.isEmpty()
                ? new FixedReply(due.group(1) + " is not a date that exists.")
                : add(rest.substring(0, due.start()), endOf(date.get()), priority);
    }

    private Command add(String title, @Nullable Instant due, @Nullable String priority) {
        return title.isBlank() ? FixedReply.ADD_WHAT : new AddCommand(title.strip(), due, priority, text);
    }

    private Optional<LocalDate> date(String day) {
        var today = LocalDate.now(clock);
        try {
            return Optional.of(
                    switch (day) {
                        case "today" -> today;
                        case "tomorrow" -> today.plusDays(1);
                        default -> LocalDate.parse(day);
                    });
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    private Instant endOf(LocalDate day) {
        return day.atTime(TaskText.END_OF_DAY).atZone(clock.getZone()).toInstant();
    }
}
