package io.vmkit.guest;

import java.time.Duration;
import java.util.List;

/** The command that ends a program of the guest together with all that it started. */
final class KillTree {
  /** How long killing may take: a guest under emulation and load needs seconds for a shell. */
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * Stops each process before looking for its children, so that none is born unseen, and looks
   * again until there is none new. To the tree belong descendants of {@code $1} and, if it leads a
   * session, all of that session. Fields of /proc/PID/stat after the name: state, parent, group,
   * session (proc(5)). Processes of other users, as under sudo, are killed through sudo.
   */
  private static final String SCRIPT =
      """
      tree=" $1 "
      leader=$1
      send() { kill -s "$1" "$2" 2>/dev/null || sudo -n kill -s "$1" "$2" 2>/dev/null; }
      send STOP "$leader"
      more=yes
      while [ "$more" ]; do
        more=
        for stat in /proc/[0-9]*/stat; do
          read -r line 2>/dev/null <"$stat" || continue
          pid=${line%% *}
          set -- ${line##*) }
          case $tree in *" $pid "*) continue ;; esac
          case $tree in
            *" $2 "*) ;;
            *) [ "$4" = "$leader" ] || continue ;;
          esac
          send STOP "$pid"
          tree="$tree$pid "
          more=yes
        done
      done
      for pid in $tree; do send KILL "$pid"; done
      """;

  private KillTree() {}

  static GuestCommand of(long pid) {
    List<String> argv = ShellText.shell(SCRIPT, List.of(Long.toString(pid)));
    return GuestCommand.of(argv.get(0)).args(argv.subList(1, argv.size())).timeout(TIMEOUT).build();
  }
}
