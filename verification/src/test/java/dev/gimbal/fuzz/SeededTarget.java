package dev.gimbal.fuzz;

import dev.gimbal.format.Content;
import dev.gimbal.format.Format;
import dev.gimbal.format.Formats;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.tree.Node;
import java.util.List;
import java.util.Set;

/** Each has a seeded bug, which must be found. */
enum SeededTarget implements Taking {
  /** What begins with six certain bytes makes it throw: one input in 2.8e14. */
  THROWS {
    @Override
    public void take(byte[] input) {
      if (input.length > 5
          && begins(input, 'g', '1', 'm', 'b')
          && input[4] == 'a'
          && input[5] == 'l') {
        throw new IllegalStateException("seeded");
      }
    }
  },
  /** What begins with four certain bytes makes it run for ever. */
  HANGS {
    @Override
    public void take(byte[] input) {
      while (input.length > 3 && begins(input, 's', 'p', '1', 'n')) {
        Thread.onSpinWait();
      }
    }
  },
  /** Each byte costs as much as there are bytes before it. */
  COPIES {
    @Override
    public void take(byte[] input) {
      String text = "";
      for (byte b : input) {
        text += (char) b;
      }
      text.strip();
    }
  },
  /** Its format throws, which is answered as if the document were malformed. */
  FORMAT {
    @Override
    public void take(byte[] input) {
      Content content = new Content("fuzz", THROWING.name(), input);
      Formats.installed(List.of(THROWING)).parse("fuzz", content, ReadOptions.DEFAULT);
    }
  };

  private static final Format THROWING =
      new Format() {
        @Override
        public String name() {
          return "throwing";
        }

        @Override
        public Set<String> extensions() {
          return Set.of(name());
        }

        @Override
        public void read(String text, TreeBuilder out) {
          throw new IllegalStateException("seeded");
        }

        @Override
        public String write(Node tree) {
          throw new IllegalStateException("seeded");
        }
      };

  /** Each byte that is right is a branch of its own, as it is in a parser. */
  private static boolean begins(byte[] input, char first, char second, char third, char fourth) {
    return input[0] == first && input[1] == second && input[2] == third && input[3] == fourth;
  }
}
