package io.vmkit.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A program for a bare x86 machine that tells a working accelerator from one that only seems to
 * work. It enters long mode through page tables of its own and does some hundred million
 * instructions of arithmetic, broken by page-table walks and exits to the hypervisor; then it ends
 * QEMU with an exit code that says whether the sum was right.
 *
 * <pre>
 * multiboot header → 32 bits: page tables, PAE, EFER.LME, CR0.PG → 64 bits: rounds → out 0xF4
 * </pre>
 *
 * <p>The loader follows the Multiboot Specification 0.6.96, section 3.1, with the address fields
 * (flag 16), so no ELF is needed. It enters in flat 32-bit mode with paging and interrupts off.
 * Instruction codes are those of the Intel SDM, volume 2; the mode switch is volume 3A, section
 * 9.8.5. No interrupt is used.
 */
final class LongModePayload {
  /** QEMU's exit code when the program ran to its end and its sum was right. */
  static final int EXIT_PASSED = exitCode(0x2A);

  /** QEMU's exit code when the processor miscalculated. */
  static final int EXIT_WRONG = exitCode(0x15);

  /** The I/O port of the {@code isa-debug-exit} device that the program ends with. */
  static final int EXIT_PORT = 0xF4;

  /** Memory the program needs, in MiB: everything below the last page it touches, and some. */
  static final int MEMORY_MIB = 96;

  private static final int LOAD = 0x100000;
  private static final int PML4 = LOAD + 0x1000;
  private static final int PDPT = LOAD + 0x2000;
  private static final int PD = LOAD + 0x3000;
  private static final int STACK = LOAD + 0x5000;
  private static final int END = STACK;
  private static final int HEADER_BYTES = 32;

  private static final int LARGE_PAGE = 0x200000;
  private static final int FIRST_TOUCHED = 2 * LARGE_PAGE;
  private static final int TOUCHED_PAGES = 32;
  private static final int ROUNDS = 64;
  private static final int STEPS = 250_000;

  /** The sum is a linear congruential sequence, so Java can jump to its end. */
  private static final long SEED = 0x0123_4567_89AB_CDEFL;

  private static final int FACTOR = 0x5851_F42D;
  private static final int INCREMENT = 0x1405_7B7F;

  private final ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);

  private LongModePayload() {}

  /** {@return the program as a multiboot kernel} */
  static byte[] bytes() {
    return bytes(sumAfter((long) ROUNDS * STEPS));
  }

  /** {@return the program, holding that sum for the right one} */
  static byte[] bytes(long expectedSum) {
    LongModePayload payload = new LongModePayload();
    payload.multibootHeader();
    int descriptors = payload.descriptors();
    int step = payload.step();
    payload.entry();
    payload.pageTables();
    payload.enterLongMode(descriptors);
    payload.rounds(step);
    payload.exit(expectedSum);
    return Arrays.copyOf(payload.out.array(), payload.out.position());
  }

  /** {@return the sum after so many steps: the step composed with itself by doubling} */
  static long sumAfter(long steps) {
    long factor = 1;
    long increment = 0;
    long stepFactor = FACTOR;
    long stepIncrement = INCREMENT;
    for (long left = steps; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        factor *= stepFactor;
        increment = increment * stepFactor + stepIncrement;
      }
      stepIncrement = stepIncrement * stepFactor + stepIncrement;
      stepFactor *= stepFactor;
    }
    return factor * SEED + increment;
  }

  /** The device ends QEMU with twice the value written, plus one: hw/misc/debugexit.c. */
  private static int exitCode(int written) {
    return written << 1 | 1;
  }

  private void multibootHeader() {
    int magic = 0x1BADB002;
    int flags = 1 << 16; // the address fields below are valid
    words(magic, flags, -(magic + flags));
    words(LOAD); // header_addr
    words(LOAD); // load_addr
    words(0); // load_end_addr: the whole file
    words(END); // bss_end_addr: the loader clears the page tables
    words(0); // entry_addr, set by entry()
  }

  /** Writes the GDT and the pseudo-descriptor that LGDT reads; returns the latter's address. */
  private int descriptors() {
    int table = address();
    words(0, 0); // the null descriptor
    words(0x0000FFFF, 0x00AF9A00); // selector 8: code, ring 0, present, L (64-bit)
    int pseudo = address();
    out.putShort((short) 15); // limit: two descriptors less one byte
    words(table); // base
    return pseudo;
  }

  /**
   * Writes one step of the sum, as a subroutine: calls and returns cost an emulator several times
   * what they cost a processor, so a working accelerator is clearly ahead. Returns its address.
   */
  private int step() {
    int step = address();
    code(0x48, 0x69, 0xC0).words(FACTOR); // imul rax, rax, FACTOR
    code(0x48, 0x05).words(INCREMENT); // add rax, INCREMENT
    code(0xC3); // ret
    return step;
  }

  private void entry() {
    out.putInt(HEADER_BYTES - Integer.BYTES, address());
    code(0xFA); // cli
    code(0xBC).words(STACK); // mov esp, STACK
  }

  /** Maps the first GiB onto itself in pages of 2 MiB. */
  private void pageTables() {
    code(0xC7, 0x05).words(PML4, PDPT | 0x3); // mov dword [PML4], PDPT | present, writable
    code(0xC7, 0x05).words(PDPT, PD | 0x3); // mov dword [PDPT], PD | present, writable
    code(0xBF).words(PD); // mov edi, PD
    code(0xB8).words(0x83); // mov eax, present, writable, 2 MiB
    code(0xB9).words(512); // mov ecx, 512
    int entry = address();
    code(0x89, 0x07); // mov [edi], eax
    code(0x83, 0xC7, 0x08); // add edi, 8
    code(0x05).words(LARGE_PAGE); // add eax, LARGE_PAGE
    code(0xFF, 0xC9); // dec ecx
    code(0x75).back(entry); // jnz entry
  }

  private void enterLongMode(int descriptors) {
    code(0xB8).words(PML4); // mov eax, PML4
    code(0x0F, 0x22, 0xD8); // mov cr3, eax
    code(0x0F, 0x20, 0xE0); // mov eax, cr4
    code(0x83, 0xC8, 0x20); // or eax, PAE
    code(0x0F, 0x22, 0xE0); // mov cr4, eax
    code(0xB9).words(0xC0000080); // mov ecx, IA32_EFER
    code(0x0F, 0x32); // rdmsr
    code(0x0D).words(0x100); // or eax, LME
    code(0x0F, 0x30); // wrmsr
    code(0x0F, 0x20, 0xC0); // mov eax, cr0
    code(0x0D).words(0x80000000); // or eax, PG
    code(0x0F, 0x22, 0xC0); // mov cr0, eax
    code(0x0F, 0x01, 0x15).words(descriptors); // lgdt [descriptors]
    int farJump = 7;
    code(0xEA).words(address() - 1 + farJump).code(0x08, 0x00); // jmp 8:next, now 64-bit
  }

  private void rounds(int step) {
    code(0x48, 0xB8).quad(SEED); // mov rax, SEED
    code(0xBE).words(ROUNDS); // mov esi, ROUNDS
    int round = address();
    touchPages();
    exitToHypervisor();
    code(0xB9).words(STEPS); // mov ecx, STEPS
    int next = address();
    code(0xE8).words(step - address() - Integer.BYTES); // call step
    code(0xFF, 0xC9); // dec ecx
    code(0x75).back(next); // jnz next
    code(0xFF, 0xCE); // dec esi
    code(0x75).back(round); // jnz round
  }

  /** Carries the sum through one word in each of many pages, each reached by a fresh walk. */
  private void touchPages() {
    code(0x0F, 0x20, 0xDF); // mov rdi, cr3
    code(0x0F, 0x22, 0xDF); // mov cr3, rdi: forget all translations
    code(0xBB).words(FIRST_TOUCHED); // mov ebx, FIRST_TOUCHED
    code(0xB9).words(TOUCHED_PAGES); // mov ecx, TOUCHED_PAGES
    int page = address();
    code(0x48, 0x89, 0x03); // mov [rbx], rax
    code(0x48, 0x8B, 0x03); // mov rax, [rbx]
    code(0x48, 0x81, 0xC3).words(LARGE_PAGE); // add rbx, LARGE_PAGE
    code(0xFF, 0xC9); // dec ecx
    code(0x75).back(page); // jnz page
  }

  /** CPUID always exits to the hypervisor (SDM 3C, section 26.1.2); it overwrites eax to edx. */
  private void exitToHypervisor() {
    code(0x48, 0x89, 0xC5); // mov rbp, rax
    code(0x31, 0xC0); // xor eax, eax
    code(0x0F, 0xA2); // cpuid
    code(0x48, 0x89, 0xE8); // mov rax, rbp
  }

  private void exit(long expectedSum) {
    code(0x48, 0xBA).quad(expectedSum); // mov rdx, expectedSum
    code(0x48, 0x39, 0xD0); // cmp rax, rdx
    code(0xB8).words(EXIT_PASSED >> 1); // mov eax, passed
    code(0x74, 0x05); // je over the next
    code(0xB8).words(EXIT_WRONG >> 1); // mov eax, wrong
    code(0xE7, EXIT_PORT); // out EXIT_PORT, eax
    code(0xF4); // hlt, should nobody have listened
    code(0xEB, 0xFD); // jmp to the hlt
  }

  private int address() {
    return LOAD + out.position();
  }

  private LongModePayload code(int... bytes) {
    for (int each : bytes) {
      out.put((byte) each);
    }
    return this;
  }

  private LongModePayload words(int... words) {
    for (int each : words) {
      out.putInt(each);
    }
    return this;
  }

  private void quad(long value) {
    out.putLong(value);
  }

  /** Ends a short jump to an earlier address; the distance counts from the next instruction. */
  private void back(int target) {
    code(target - (address() + 1));
  }
}
