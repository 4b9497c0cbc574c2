package dev.osmo.cli.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Replaces what the signals of {@link Signal} do to this process. The class {@code sun.misc.Signal}
 * has been the way to do that since Java 1.2, and every JDK has it. It is used by reflection,
 * because the compiler warns about it, and no option turns that warning off. The native binary
 * reads which members are used from {@code reachability-metadata.json}.
 */
final class SignalHandlers {
  private SignalHandlers() {}

  /**
   * From now on, signals do nothing except call {@code receiver}, on a thread of their own. A
   * signal that this process ignores, as after {@code nohup}, stays ignored. A signal that a JVM
   * keeps for itself, such as {@code QUIT}, keeps its effect.
   */
  static void install(Consumer<Signal> receiver) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = type.getMethod("handle", type, handler);
      Object ignored = handler.getField("SIG_IGN").get(null);
      for (Signal signal : Signal.values()) {
        Object handled = type.getConstructor(String.class).newInstance(signal.name());
        replace(handle, handled, calling(handler, receiver, signal), ignored);
      }
    } catch (ReflectiveOperationException noSignals) {
      throw new IllegalStateException("This Java has no signals", noSignals);
    }
  }

  private static Object calling(Class<?> handler, Consumer<Signal> receiver, Signal signal) {
    return Proxy.newProxyInstance(
        handler.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, method, arguments) -> {
          receiver.accept(signal);
          return null;
        });
  }

  private static void replace(Method handle, Object signal, Object handler, Object ignored)
      throws ReflectiveOperationException {
    try {
      if (ignored.equals(handle.invoke(null, signal, handler))) {
        handle.invoke(null, signal, ignored);
      }
    } catch (InvocationTargetException keptByTheJvm) {
      if (!(keptByTheJvm.getCause() instanceof IllegalArgumentException)) {
        throw keptByTheJvm;
      }
    }
  }
}
