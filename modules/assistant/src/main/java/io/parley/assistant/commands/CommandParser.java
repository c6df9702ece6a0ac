package io.parley.assistant.commands;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes commands of what people type. */
final class CommandParser {
    private static final Pattern COMMAND =
            Pattern.compile("(?i)(add task|list tasks|list|more|complete|delete|search|help)(?: (.+))?");
    private static final Pattern NOUN = Pattern.compile("(?i)task (?=.)");
    private static final Pattern QUOTED = Pattern.compile("([\"'])(.+)\\1");
    private static final Pattern PRIORITY = Pattern.compile("(?i) !(low|medium|high)(?= |$)");
    private static final Pattern DUE = Pattern.compile("(?i) due (today|tomorrow|\\d{4}-\\d{2}-\\d{2})$");

    private final Clock clock;
    private final TaskSentences words;

    CommandParser(Clock clock) {
        this.clock = clock;
        this.words = new TaskSentences(clock.getZone());
    }

    Command read(String text) {
        if (text.strip().lines().count() > 1) return SayCommand.NOT_ONE;
        var command = COMMAND.matcher(TaskSentences.inOneLine(text));
        return command.matches()
                ? command(command.group(1).toLowerCase(Locale.ROOT), command.group(2))
                : SayCommand.NOT_UNDERSTOOD;
    }

    private Command command(String verb, @Nullable String rest) {
        return switch (verb) {
            case "add task" -> rest == null ? SayCommand.ADD_WHAT : add(' ' + rest);
            case "list", "list tasks" -> rest == null ? new ListCommand(false, words) : SayCommand.NOT_UNDERSTOOD;
            case "more" -> rest == null ? new ListCommand(true, words) : SayCommand.NOT_UNDERSTOOD;
            case "complete" -> pick(ChooseTaskCommand.Verb.COMPLETE, rest);
            case "delete" -> pick(ChooseTaskCommand.Verb.DELETE, rest);
            case "search" -> rest == null ? SayCommand.SEARCH_WHAT : new SearchCommand(rest, words);
            default -> rest == null ? SayCommand.HELP : SayCommand.NOT_UNDERSTOOD;
        };
    }

    private Command pick(ChooseTaskCommand.Verb verb, @Nullable String rest) {
        if (rest == null) return SayCommand.WHICH;
        var quoted = QUOTED.matcher(rest);
        return quoted.matches()
                ? new ChooseTaskCommand(verb, quoted.group(2), true, words)
                : new ChooseTaskCommand(verb, NOUN.matcher(rest).replaceFirst(""), false, words);
    }

    private Command add(String said) {
        var priority = PRIORITY.matcher(said);
        var important = priority.find() ? priority.group(1).toLowerCase(Locale.ROOT) : null;
        var rest = important == null ? said : priority.replaceFirst("");
        var due = DUE.matcher(rest);
        if (!due.find()) return add(rest, null, important);
        var date = date(due.group(1).toLowerCase(Locale.ROOT));
        return date.isEmpty()
                ? new SayCommand("There is no day " + due.group(1) + '.')
                : add(rest.substring(0, due.start()), endOf(date.get()), important);
    }

    private Command add(String title, @Nullable Instant due, @Nullable String priority) {
        return title.isBlank() ? SayCommand.ADD_WHAT : new AddCommand(title.strip(), due, priority, words);
    }

    private Optional<LocalDate> date(String text) {
        var today = LocalDate.now(clock);
        try {
            return Optional.of(
                    switch (text) {
                        case "today" -> today;
                        case "tomorrow" -> today.plusDays(1);
                        default -> LocalDate.parse(text);
                    });
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private Instant endOf(LocalDate day) {
        return day.atTime(TaskSentences.END_OF_DAY).atZone(clock.getZone()).toInstant();
    }
}
