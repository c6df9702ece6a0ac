package io.parley.transfer.librechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transfer.sources.SourceSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What LibreChat's exports contain, each as reported about other programs. */
class LibreChatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'text':'plain' | plain | null",
                "'text':':::thinking\\nhm\\n:::\\nplain' | plain | hm",
                "'text':'','content':[{'type':'text','text':'a'}] | a | null",
                "'content':[{'type':'think','think':{'value':'hm'}},{'type':'text','text':{'value':'a'}}] | a | hm",
                "'text':'whole','content':[{'type':'think','think':'hm'}] | whole | hm",
                "'content':[{'type':'error','error':'no quota'}] | no quota | null",
            })
    void findsTheText(String message, String text, String reasoning) {
        var read = list("{'messageId':'1','isCreatedByUser':false," + message + "}");

        assertThat(read.contents()).containsExactly(text);
        assertThat(String.valueOf(read.message(text).reasoning())).isEqualTo(reasoning);
    }

    @Test
    void readsAListAsItReadsATree() {
        var read = list("""
            {'messageId':'1','parentMessageId':'00000000-0000-0000-0000-000000000000','sender':'User','text':'a'},
            {'messageId':'2','parentMessageId':'1','sender':'GPT','text':'b'},
            {'messageId':'3','parentMessageId':'1','sender':'GPT','text':'c'}
            """);

        assertThat(read.branchTo("c")).containsExactly("a", "c");
    }

    @Test
    void takesTheNestingForTheParentIfNoneIsNamed() {
        var read = SourceSample.of(
                new LibreChat(),
                "{'conversationId':'c','messagesTree':[{'messageId':'1','text':'a','children':[{'messageId':'2','text':'b','children':[]}]}]}");

        assertThat(read.branchTo("b")).containsExactly("a", "b");
    }

    @Test
    void turnsToolCallsIntoMessages() {
        var read = list("""
            {'messageId':'1','isCreatedByUser':false,'content':[
              {'type':'tool_call','tool_call':{'id':'t','name':'search','args':'{\\'q\\':1}','output':'found'}},
              {'type':'text','text':'Here.'}]}
            """);

        assertThat(read.branchTo("Here.")).containsExactly("null", "found", "Here.");
        assertThat(read.message("found").toolResults().toString())
                .isEqualTo("[{\"tool_call_id\":\"t\",\"name\":\"search\"}]");
    }

    @Test
    void keepsInstructionsModelAndRating() {
        var read = SourceSample.of(new LibreChat(), """
            {'conversationId':'c','endpoint':'openAI','options':{'promptPrefix':'Be kind.','model':'gpt-4o'},'messages':[
              {'messageId':'1','isCreatedByUser':false,'text':'x','error':true,'feedback':{'rating':'thumbsDown','text':'no'}}]}
            """);

        assertThat(read.head().instructions()).isEqualTo("Be kind.");
        assertThat(read.head().model()).isEqualTo("gpt-4o");
        assertThat(read.head().metadata().toString()).isEqualTo("{\"endpoint\":\"openAI\",\"source\":\"librechat\"}");
        assertThat(read.message("x").feedback().comment()).isEqualTo("no");
        assertThat(read.metadata("x")).isEqualTo("{'status':'incomplete','reason':'failed'}");
    }

    private static SourceSample list(String messages) {
        return SourceSample.of(new LibreChat(), "{'conversationId':'c','messages':[" + messages + "]}");
    }
}
