package io.parley.assistant.commands.sentences;

import io.parley.assistant.tools.TaskView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds tasks by words of their titles, in any order and without regard to case and punctuation. */
public record TaskWords(String said, List<String> words) {
    private static final Pattern EDGES = Pattern.compile("(?U)^[^\\w]+|[^\\w]+$");
    private static final Set<String> IGNORED = Set.of("the", "my", "task");

    public static TaskWords of(Sentence which) {
        var words = words(which.text());
        if (!which.isQuoted()) words.removeIf(IGNORED::contains);
        // The milk one.
        boolean isOne = words.size() > 1 && words.get(words.size() - 1).equals("one") && !which.isQuoted();
        if (isOne) words.remove(words.size() - 1);
        return new TaskWords(which.text(), words);
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** To look for in the database, which finds parts of titles. */
    public String longest() {
        return words.stream().max(Comparator.comparing(String::length)).orElse("");
    }

    /** Those whose title has all words; if there are none, those whose title contains them as parts of words. */
    public List<TaskView> among(List<TaskView> tasks) {
        var exact = tasks.stream()
                .filter(task -> words(task.title()).containsAll(words))
                .toList();
        return exact.isEmpty()
                ? tasks.stream()
                        .filter(task -> contains(task.title().toLowerCase(Locale.ROOT)))
                        .toList()
                : exact;
    }

    public boolean isTitleOf(TaskView task) {
        return words(task.title()).equals(words) || task.title().equalsIgnoreCase(said);
    }

    private boolean contains(String title) {
        return words.stream().allMatch(title::contains);
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var word : text.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            var bare = EDGES.matcher(word).replaceAll("");
            words.add(bare.isEmpty() ? word : bare);
        }
        words.removeIf(String::isEmpty);
        return words;
    }
}
