package io.parley.transfer.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTreeTest {
    private static final Instant START = Instant.parse("2024-07-01T09:00:00Z");

    /**
     * Each node is {@code id<parent@seconds>children}: the parent may be missing, {@code ^} for a root, or unknown; without
     * seconds it has no time; in parentheses, it has no message. What is expected is each message with its parent.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "both directions      | a<^@1>b b<a@2>c c<b@3             | a<- b<a c<b",
                "only parents         | a<^@1 b<a@2 c<b@3                 | a<- b<a c<b",
                "only children        | a@1>b b@2>c,d c@3 d@4             | a<- b<a c<b d<b",
                "parents win          | a<^@1>c b<a@2 c<b@3               | a<- b<a c<b",
                "children first       | c<b@3 b<a@2 a<^@1                 | a<- b<a c<b",
                "no links             | a@1 b@2 c@3                       | a<- b<a c<b",
                "no links, no order   | c@3 a@1 b@2                       | a<- b<a c<b",
                "no links, no times   | a b c                             | a<- b<a c<b",
                "empty root           | (r)<^>a,b a<r@1 b<r@2             | a<- b<-",
                "empty in between     | a<^@1 (e)<a b<e@2 c<e@3           | a<- b<a c<a",
                "empty, only children | (r)>a a@1>e (e)>b b@2             | a<- b<a",
                "several roots        | a<^@1 b<a@2 c<^@3 d<c@4           | a<- b<a c<- d<c",
                "ring                 | a<c@1 b<a@2 c<b@3                 | a<- b<a c<b",
                "ring, oldest last    | c<b@3 b<a@2 a<c@1                 | a<- b<a c<b",
                "ring of one          | a<a@1 b<a@2                       | a<- b<a",
                "ring of empty ones   | (x)<y (y)<x a<y@1                 | a<-",
                "ring below a root    | r<^@1 a<c@2 b<a@3 c<b@4           | r<- a<- b<a c<b",
                "unknown parent       | a<^@1 b<a@2 c<gone@3 d<c@4        | a<- b<a c<b d<c",
                "unknown, and first   | a<gone@1 b<a@2                    | a<- b<a",
                "unknown, earlier     | a<^@5 b<gone@1 c<b@2              | b<- c<b a<-",
                "all unknown          | a<x@1 b<y@2 c<z@3                 | a<- b<a c<b",
                "unknown, no times    | a<^ b<a c<gone                    | a<- b<a c<b",
                "unknown above empty  | p<^@1 (e)<gone a<e@2 b<e@3        | p<- a<p b<p",
                "child that is gone   | a<^@1>gone,b b<a@2                | a<- b<a",
                "same id twice        | a<^@1 b<a@2 b<a@3                 | a<- b<a",
            })
    void linksMessages(String name, String nodes, String expected) {
        var messages = new SourceTree(nodes(nodes), START).messages();

        var named = messages.stream()
                .map(message -> message.id() + "<" + Objects.requireNonNullElse(message.parentId(), "-"))
                .collect(Collectors.joining(" "));
        assertThat(named).isEqualTo(expected);
        var times = new HashMap<String, Instant>();
        for (var message : messages) {
            times.put(message.id(), message.createdAt());
            if (message.parentId() != null) assertThat(message.createdAt()).isAfter(times.get(message.parentId()));
            assertThat(message.isRoot()).isEqualTo(message.parentId() == null);
        }
    }

    /** What is expected is the time of each message, in seconds and microseconds after the start. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all known       | a<^@1 b<a@2     | a@1 b@2",
                "none            | a<^ b<a c<a     | a@0 b@0.000001 c@0.000001",
                "the first       | a<^ b<a@2       | a@1.999999 b@2",
                "in the middle   | a<^@1 b<a c<b@5 | a@1 b@1.000001 c@5",
                "before parent   | a<^@5 b<a@2     | a@5 b@5.000001",
                "empty one's     | (r)<^@9 a<r b<a | a@0 b@0.000001",
            })
    void givesEachMessageATime(String name, String nodes, String expected) {
        var times = new SourceTree(nodes(nodes), START)
                .messages().stream()
                        .map(message -> message.id() + "@" + seconds(message.createdAt()))
                        .collect(Collectors.joining(" "));

        assertThat(times).isEqualTo(expected);
    }

    @Test
    void takesTheCurrentTimeIfThereIsNone() {
        var messages = new SourceTree(nodes("a<^ b<a"), null).messages();

        assertThat(Duration.between(messages.get(0).createdAt(), Instant.now())).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void findsTheMessageAtANode() {
        var tree = new SourceTree(nodes("a<^@1 (e)<a (f)<e"), START);

        assertThat(tree.messageAt("f")).isEqualTo("a");
        assertThat(tree.messageAt("gone")).isNull();
        assertThat(tree.messageAt(null)).isNull();
    }

    @Test
    void linksConversationsOfAnyLength() {
        var nodes = new ArrayList<SourceNode>();
        for (int n = 0; n < 20_000; n++)
            nodes.add(node("n" + n, n == 0 ? null : "n" + (n - 1), false, List.of(), null, true));

        assertThat(new SourceTree(nodes, START).messages())
                .hasSize(20_000)
                .last()
                .extracting(SourceMessage::parentId)
                .isEqualTo("n19998");
    }

    private static String seconds(Instant time) {
        var since = Duration.between(START, time);
        return since.toNanosPart() == 0
                ? "" + since.toSeconds()
                : since.toSeconds() + ".%06d".formatted(since.toNanosPart() / 1000);
    }

    private static List<SourceNode> nodes(String text) {
        return Arrays.stream(text.strip().split(" +", -1))
                .map(SourceTreeTest::node)
                .toList();
    }

    private static SourceNode node(String text) {
        var children = text.contains(">")
                ? List.of(text.substring(text.indexOf('>') + 1).split(",", -1))
                : List.<String>of();
        var rest = text.replaceFirst(">.*", "");
        var time = rest.contains("@") ? START.plusSeconds(Long.parseLong(rest.substring(rest.indexOf('@') + 1))) : null;
        rest = rest.replaceFirst("@.*", "");
        var parent = rest.contains("<") ? rest.substring(rest.indexOf('<') + 1) : null;
        var id = rest.replaceFirst("<.*", "");
        boolean isRoot = "^".equals(parent);
        return node(id.replaceAll("[()]", ""), isRoot ? null : parent, isRoot, children, time, !id.startsWith("("));
    }

    private static SourceNode node(
            String id,
            @Nullable String parent,
            boolean isRoot,
            List<String> children,
            @Nullable Instant time,
            boolean speaks) {
        var messages = speaks ? List.of(new MessageBuilder(Role.USER).append(id)) : List.<MessageBuilder>of();
        return new SourceNode(id, parent, isRoot, children, messages, null, time);
    }
}
