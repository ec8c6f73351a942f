"""What is intended and what happened, as two files a clerk can read: the plan (会议方案) and the script (演练脚本)."""
