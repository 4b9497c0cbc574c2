package dev.osmo.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @ParameterizedTest
  @ValueSource(strings = {"00-%s-00f067aa0ba902b7-01", "01-%s-00f067aa0ba902b7-00-more"})
  void the_trace_id_of_the_caller_is_kept(String traceparent) {
    assertThat(TraceId.of(traceparent.formatted(TRACE))).contains(new TraceId(TRACE));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-%s-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-%sa-00f067aa0ba902b7-01",
        "00-%s-00f067aa0ba902b7",
        "00-%s-00f067aa0ba902b7-01\nforged line",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
      })
  void a_malformed_trace_id_is_ignored(String traceparent) {
    assertThat(TraceId.of(traceparent == null ? null : traceparent.replace("%s", TRACE))).isEmpty();
  }
}
