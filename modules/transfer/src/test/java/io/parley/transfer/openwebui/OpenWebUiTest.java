package io.parley.transfer.openwebui;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Feedback.Rating;
import io.parley.transfer.sources.SourceSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Open WebUI's exports contain, each as reported about other programs. */
class OpenWebUiTest {
    /** An answer as it is stored there, its text here, and its reasoning. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'content':'plain <b>text</b>' | plain <b>text</b> | null",
                "'content':'<details type=\\\"reasoning\\\" done=\\\"true\\\">\\n<summary>Thought</summary>\\n&gt; a &lt; b &amp;amp; c\\n&gt; d\\n</details>\\nText' | Text | a < b &amp; c/d",
                "'content':'<think>hm</think>Text' | Text | hm",
                "'content':'Text <think>hm</think>' | Text <think>hm</think> | null",
                "'content':'<details><summary>Mine</summary>x</details>' | <details><summary>Mine</summary>x</details> | null",
                "'content':'<details type=\\\"reasoning\\\">never closed' | <details type=\\\"reasoning\\\">never closed | null",
                "'content':'It is so [1][2] [9]','sources':[{'source':{'name':'A','url':'https://a'}},{'source':{'name':'B'},'metadata':[{'source':'https://b','title':'Bee'}]}] | It is so [A](https://a) [Bee](https://b) [9] | null",
                "'content':'see [1]','sources':[{'source':{'name':'a.pdf'},'metadata':[{'source':'a.pdf'}]}] | see [1] | null",
                "'content':[{'type':'text','text':'part'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}] | part | null",
            })
    void separatesTheTextFromTheRest(String answer, String text, String reasoning) {
        var read =
                SourceSample.of(new OpenWebUi(), chat("{'id':'1','parentId':null,'role':'assistant'," + answer + "}"));

        assertThat(read.contents()).containsExactly(text.replace("\\\"", "\""));
        var message = read.conversation().messages().get(0);
        assertThat(String.valueOf(message.reasoning())).isEqualTo(reasoning.replace('/', '\n'));
    }

    @Test
    void turnsToolCallsIntoMessages() {
        var read = SourceSample.of(
                new OpenWebUi(),
                chat(
                        "{'id':'1','parentId':null,'role':'assistant','content':'First.\\n<details type=\\\"tool_calls\\\" done=\\\"true\\\""
                                + " id=\\\"c1\\\" name=\\\"weather\\\" arguments=\\\"&quot;{\\\\&quot;city\\\\&quot;: \\\\&quot;Rome\\\\&quot;}&quot;\\\""
                                + " result=\\\"&quot;sunny&quot;\\\" files=\\\"\\\">\\n<summary>Tool Executed</summary>\\n</details>\\nSunny.'}"));

        assertThat(read.branchTo("Sunny.")).containsExactly("First.", "sunny", "Sunny.");
        assertThat(read.message("First.").toolCalls().toString())
                .isEqualTo(
                        "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\": \\\"Rome\\\"}\"}}]");
        assertThat(read.message("sunny").toolResults().toString()).contains("\"tool_call_id\":\"c1\"");
    }

    @Test
    void readsTheItemsOfAnAnswerWithoutText() {
        var read = SourceSample.of(
                new OpenWebUi(),
                chat("{'id':'1','parentId':null,'role':'assistant','content':'','output':["
                        + "{'type':'reasoning','summary':[{'type':'output_text','text':'hm'}]},"
                        + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'c','output':[{'type':'input_text','text':'r'}]},"
                        + "{'type':'message','content':[{'type':'output_text','text':'Done.'}]}]}"));

        assertThat(read.branchTo("Done.")).containsExactly("null", "r", "Done.");
        assertThat(read.message("null").reasoning()).isEqualTo("hm");
        assertThat(read.message("r").toolResults().toString()).isEqualTo("[{\"tool_call_id\":\"c\"}]");
    }

    @Test
    void readsTheListOfMessagesIfThereIsNoTree() {
        var read = SourceSample.of(
                new OpenWebUi(),
                "{'chat':{'title':'T','messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]},'created_at':1719824400000}");

        assertThat(read.head().title()).isEqualTo("T");
        assertThat(read.head().createdAt()).isEqualTo("2024-07-01T09:00:00Z");
        assertThat(read.branchTo("b")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'annotation':{'rating':-1,'reason':'wrong'} | DOWN | wrong | null",
                "'annotation':{'rating':0} | null | null | null",
                "'done':false | null | null | cancelled",
                "'error':{'content':'no'} | null | null | failed",
            })
    void keepsRatingsAndFaults(String fields, String rating, String comment, String reason) {
        var answer = SourceSample.of(
                        new OpenWebUi(),
                        chat("{'id':'1','parentId':null,'role':'assistant','content':'x'," + fields + "}"))
                .message("x");

        assertThat(
                        answer.feedback() == null
                                ? "null"
                                : answer.feedback().rating().name())
                .isEqualTo(rating);
        assertThat(answer.feedback() == null ? "null" : answer.feedback().comment())
                .isEqualTo(comment);
        assertThat(answer.metadata().path("reason").asText("null")).isEqualTo(reason);
        assertThat(Rating.values()).hasSize(2);
    }

    @Test
    void joinsBothPlacesForInstructions() {
        var read = SourceSample.of(
                new OpenWebUi(), "{'chat':{'system':'A','params':{'system':'B'},'history':{'messages':{}}}}");

        assertThat(read.head().instructions()).isEqualTo("A\n\nB");
    }

    private static String chat(String message) {
        return "{'chat':{'history':{'messages':{'1':" + message + "}}}}";
    }
}
