package io.parley.transfer.sharegpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message.Role;
import io.parley.transfer.sources.SourceMessage;
import io.parley.transfer.sources.SourceSample;
import org.junit.jupiter.api.Test;

class ShareGptTest {
    @Test
    void knowsTheNamesOfManyDataSets() {
        var read = SourceSample.of(new ShareGpt(), """
            {'id':'7','source':'web','system':'Be kind.','dialog':[{'from':'human','value':'a'},{'from':'bard','value':'b'},
              {'from':'user','value':'c'},{'from':'GPT','value':'<think>hm</think>d'},{'from':'human','value':''}]}
            """);

        assertThat(read.conversation().messages())
                .extracting(SourceMessage::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT);
        assertThat(read.branchTo("d")).containsExactly("a", "b", "c", "d");
        assertThat(read.message("d").reasoning()).isEqualTo("hm");
        assertThat(read.head().instructions()).isEqualTo("Be kind.");
    }

    @Test
    void turnsFunctionCallsIntoToolCalls() {
        var read = SourceSample.of(new ShareGpt(), """
            {'conversations':[{'from':'human','value':'a'},
              {'from':'function_call','value':'{\\'name\\':\\'f\\',\\'arguments\\':{\\'x\\':1}}'},
              {'from':'observation','value':'r'},{'from':'gpt','value':'b'}]}
            """);

        assertThat(read.branchTo("b")).containsExactly("a", "null", "r", "b");
        assertThat(read.message("null").toolCalls().toString()).contains("\"name\":\"f\"", "{\\\"x\\\":1}");
        assertThat(read.message("r").toolResults().toString()).isEqualTo("[{\"tool_call_id\":\"call_1\"}]");
    }
}
