"""What follows an application: cases, referrals, places, escorts, meetings, registers."""
