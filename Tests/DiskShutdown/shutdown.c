// Shuts a mounted file system down at once, as a power cut would: nothing that is not on the disk by now gets there.
//
//     shutdown MOUNT_POINT default | logflush | nologflush
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

// The same number for ext4 (EXT4_IOC_SHUTDOWN) and XFS (XFS_IOC_GOINGDOWN).
#define GOING_DOWN _IOR('X', 125, uint32_t)

int main(int count, char **words) {
  static const char *const flags[] = {"default", "logflush", "nologflush"};
  int folder = count == 3 ? open(words[1], O_RDONLY | O_DIRECTORY) : -1;
  for (uint32_t flag = 0; folder >= 0 && flag < 3; flag++) {
    if (!strcmp(words[2], flags[flag]) && !ioctl(folder, GOING_DOWN, &flag)) return 0;
  }
  perror("shutdown");
  return 1;
}
